import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { Agent, request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { guardedConnector, isPublicAddress, literalAddress } from "./address-guard.ts";

describe("an address", () => {
  it.each([
    "8.8.8.8",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.0",
    "100.128.0.1",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001:82a::200e",
  ])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254", // the metadata of most clouds
    "100.100.100.200", // and of another
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "localhost",
    "",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    ["http://2130706433/", "127.0.0.1"],
    ["http://0x7f000001/", "127.0.0.1"],
    ["http://0177.0.0.1/", "127.0.0.1"],
    ["http://127.1/", "127.0.0.1"],
    ["http://[::ffff:127.0.0.1]/", "::ffff:7f00:1"],
    ["http://①②⑦.⓪.⓪.①/", "127.0.0.1"],
    ["http://localhost/", null],
    ["http://127.0.0.1.example/", null],
  ])("is read out of %s", (url, address) => {
    expect(literalAddress(new URL(url))).toBe(address);
  });
});

describe("a guarded connection", () => {
  const agents: Agent[] = [];
  afterEach(() => Promise.all(agents.splice(0).map((agent) => agent.destroy())));

  /** A listener on loopback that counts who connects. */
  async function listener(): Promise<{ port: number; met: () => number; close: () => void }> {
    let met = 0;
    const server = createServer((socket) => {
      met += 1;
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { port, met: () => met, close: () => server.close() };
  }

  function guarded(...answers: string[][]): Agent {
    let call = 0;
    const connect = guardedConnector((_hostname, _options, callback) => {
      const addresses = answers[Math.min(call, answers.length - 1)]!;
      call += 1;
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    });
    const agent = new Agent({ connect });
    agents.push(agent);
    return agent;
  }

  it("is refused for every way of writing this machine", async () => {
    const { port, met, close } = await listener();
    const dispatcher = guarded(["127.0.0.1"]);
    const hosts = [
      "127.0.0.1",
      "2130706433",
      "0177.0.0.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "a.test",
    ];
    for (const host of hosts) {
      const sent = request(`http://${host}:${port}/`, { dispatcher });
      await expect(sent, host).rejects.toMatchObject({ name: "PrivateAddress" });
    }
    expect(met()).toBe(0);
    close();
  });

  it("is judged by each resolution, all of its addresses", async () => {
    const { port, met, close } = await listener();
    const dispatcher = guarded(["10.0.0.1"], ["127.0.0.1", "::1"], []);
    for (const found of ["10.0.0.1", "127.0.0.1", "no address"]) {
      const sent = request(`http://rebind.test:${port}/`, { dispatcher });
      await expect(sent).rejects.toThrow(`rebind.test is ${found}, which is not a public address`);
    }
    expect(met()).toBe(0);
    close();
  });

  it("without the guard the same listener is reached (control)", async () => {
    const { port, met, close } = await listener();
    const answer = await request(`http://127.0.0.1:${port}/`);
    expect(answer.statusCode).toBe(200);
    expect(met()).toBe(1);
    close();
  });
});
