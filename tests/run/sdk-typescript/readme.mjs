// Puts the code of the SDK's README into src/readme.ts, so that the compiler checks what users copy.
import { readFileSync, writeFileSync } from "node:fs";

const readme = readFileSync(new URL("sdk/README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1]);
if (blocks.length === 0) throw new Error("the README of the SDK has no code");
writeFileSync(new URL("src/readme.ts", import.meta.url), blocks.join("\n"));
