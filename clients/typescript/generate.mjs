// Writes src/generated.ts from the committed OpenAPI document; with --check says whether it is up to date.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = `${here}src/generated.ts`;
const check = process.argv.includes("--check");
const fresh = `${here}src/generated.fresh.ts`;

execFileSync("npx", ["--no-install", "nswag", "run", "nswag.json", "/runtime:Net100", `/variables:Output=${fresh}`], {
    cwd: here,
    stdio: ["ignore", "ignore", "inherit"],
});

// NSwag's own exception class is not used, and index signatures would let every misspelt property pass
const generated = readFileSync(fresh, "utf8")
    .replace(/\n+export class SwaggerException[\s\S]*$/, "\n")
    .replaceAll(/\n\n {4}\[key: string\]: any;/g, "")
    .replaceAll("\r\n", "\n");
rmSync(fresh);

if (!check) {
    writeFileSync(target, generated);
} else if (readFileSync(target, "utf8") !== generated) {
    console.error("src/generated.ts is not what the OpenAPI document says: run 'npm run generate' in clients/typescript.");
    process.exit(1);
}
