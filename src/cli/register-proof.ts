// The words of the verbs of the transparency log: receipt, checkpoint, witness.
import type { Command } from "commander";
import { acts, collect, example, runs, SERVER_AND_CAMPAIGN, withSettings } from "./verb.ts";

const NEAR_OR_FAR = ["data", "url", "timeoutMs"] as const;

export function registerProof(program: Command): void {
  registerReceipt(program);
  registerCheckpoint(program);
  registerWitness(program);
}

function registerReceipt(program: Command): void {
  const receipt = program
    .command("receipt")
    .description("Proofs that a grant or a redemption stands in the journal.");
  for (const what of ["grant", "redemption"] as const) {
    const ask = receipt
      .command(what)
      .description(`The receipt of a ${what}, as JSON; it waits for the next checkpoint.`)
      .argument(`<${what}>`, what === "grant" ? "the grant's id" : "the id that it was made with")
      .option("--out <file>", "write it to a file instead");
    withSettings(ask, SERVER_AND_CAMPAIGN);
    acts(ask, async () => (await import("./receipt.ts")).fetchReceipt(what));
    const word = what === "grant" ? "GRANT" : "order-77";
    example(ask, `hongbao receipt ${what} ${word} --campaign first --out my.receipt`);
  }
  const check = receipt
    .command("check")
    .description("Check a receipt offline, and say what it proves and what it does not.")
    .argument("<file>", "the receipt")
    .requiredOption("--key <vkey>", "the log's public key, as its operator published it")
    .option("--witness <vkey>", "a witness that must have cosigned", collect);
  runs(check, async () => (await import("./receipt.ts")).checkReceiptFile);
  example(check, "hongbao receipt check my.receipt --key hongbao/6f1c2a90+b46e2a1c+AR…");
}

function registerCheckpoint(program: Command): void {
  const checkpoint = program
    .command("checkpoint")
    .description("Signed checkpoints of the journal: of a server, or of a directory with --data.");
  const show = checkpoint
    .command("show", { isDefault: true })
    .description("The last one, as text to keep or publish.");
  withSettings(show, NEAR_OR_FAR);
  runs(show, async () => (await import("./checkpoint.ts")).showCheckpoint);
  example(show, "hongbao checkpoint > today.checkpoint", "hongbao checkpoint --data data/first");

  const compare = checkpoint
    .command("compare")
    .description("Whether the log of a newer checkpoint extends that of an older one.")
    .argument("<old>", "a file with a checkpoint")
    .argument("<new>", "a file with a later one")
    .option("--log-key <vkey>", "the log's public key, to check both signatures");
  withSettings(compare, NEAR_OR_FAR);
  runs(compare, async () => (await import("./checkpoint.ts")).compareCheckpoints);
  example(compare, "hongbao checkpoint compare yesterday.checkpoint today.checkpoint");

  const key = checkpoint
    .command("key")
    .description("The log's public keys, to publish; the last one signs.");
  withSettings(key, ["data"]);
  runs(key, async () => (await import("./checkpoint.ts")).showKeys);
  example(key, "hongbao checkpoint key --data data/first");

  const rotate = checkpoint
    .command("rotate")
    .description("Make the log's next key; the next checkpoint announces it, signed by both.");
  withSettings(rotate, ["data", "masterKeyFile"]);
  runs(rotate, async () => (await import("./checkpoint.ts")).rotateLogKey);
  example(rotate, "hongbao checkpoint rotate --data data/first");

  const request = checkpoint
    .command("request")
    .description("What a witness is shown, as a file for `hongbao witness cosign`.")
    .option("--old <records>", "records that the witness has cosigned before", "0");
  withSettings(request, NEAR_OR_FAR);
  acts(request, async () => (await import("./checkpoint.ts")).witnessRequest);
  example(request, "hongbao checkpoint request --old 4700 > request");
}

function registerWitness(program: Command): void {
  const witness = program
    .command("witness")
    .description("Watch other people's logs: cosign a checkpoint only if it extends the last one.");
  const key = witness
    .command("key")
    .description("The witness's public key; made at the first call.")
    .argument("<dir>", "the witness's own folder")
    .option("--name <name>", "its name for ever, such as witness.example/1; for a new key");
  runs(key, async () => (await import("./witness.ts")).witnessKey);
  example(key, "hongbao witness key witness --name witness.example/1");

  const serve = witness
    .command("serve")
    .description("Cosign over HTTP (POST /add-checkpoint, C2SP tlog-witness).")
    .argument("<dir>", "the witness's own folder")
    .requiredOption("--trust <vkey>", "public key of a log to watch", collect)
    .option("--port <number>", "port to listen on; 0 takes any free one", "8421")
    .option("--host <address>", "address to listen on", "127.0.0.1");
  acts(serve, async () => (await import("./witness.ts")).serveWitness);
  example(serve, "hongbao witness serve witness --trust hongbao/6f1c2a90+b46e2a1c+AR…");

  const cosign = witness
    .command("cosign")
    .description("Cosign one request from a file; prints the checkpoint with the cosignature.")
    .argument("<dir>", "the witness's own folder")
    .argument("<file>", "what `hongbao checkpoint request` printed")
    .requiredOption("--trust <vkey>", "public key of a log to watch", collect);
  acts(cosign, async () => (await import("./witness.ts")).cosignFile);
  example(cosign, "hongbao witness cosign witness request --trust hongbao/6f1c2a90+b46e2a1c+AR…");
}
