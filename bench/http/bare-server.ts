// Peer `bare`: parses, validates and echoes. What Node itself costs, and nothing else.
import { serveClaims } from "./claim-server.ts";

serveClaims((claim, reply) => reply(JSON.stringify(claim)));
