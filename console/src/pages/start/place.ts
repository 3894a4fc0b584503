import type { ServerFacts } from "../../api/types.gen";
import type { Place } from "./snippets";

const HERE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Where to send, from the address this page was read at and what the server says of itself. */
export function placeOf(server: ServerFacts, address: { origin: string; protocol: string; hostname: string }): Place {
  const here = HERE.test(address.hostname);
  const host = address.hostname === "localhost" ? "127.0.0.1" : address.hostname;
  const port = server.UdpAddress.split(":").pop()!;
  return {
    url: address.origin,
    udp: `${host}:${port}`,
    otlp: `${address.protocol}//${host}:${server.OtlpHttpPort}`,
    region: server.Region,
    signed: server.Auth === "required",
    // Nobody signs datagrams: where callers have to, the port is the server's machine's alone.
    near: here || server.Auth !== "required",
  };
}
