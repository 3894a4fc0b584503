import { expect, test } from "vitest";
import { isLoggedOut } from "./client";

const OUT = ["MissingAuthenticationToken", "ExpiredToken", "UnrecognizedClient", "InvalidClientTokenId"];
test.each([...OUT, ...OUT.map((code) => `${code}Exception`)])("%s leads to the login", (code) => expect(isLoggedOut(code)).toBe(true));
test.each(["AccessDenied", "AccessDeniedException", "ThrottledException", "InvalidSignatureException", "NoSuchEntity", "Unreachable", "HTTP 403", ""])(
  "'%s' does not",
  (code) => expect(isLoggedOut(code)).toBe(false),
);
