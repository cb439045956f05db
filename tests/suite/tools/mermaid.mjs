// Parses Mermaid diagrams: mermaid.mjs FILE... prints what each is, and fails at the first that is none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const path = join(process.env.ATLAS9_TOOLS, 'node/node_modules/mermaid/dist/mermaid.core.mjs');
const { default: mermaid } = await import(pathToFileURL(path).href);
for (const file of process.argv.slice(2)) {
    try {
        const { diagramType } = await mermaid.parse(readFileSync(file, 'utf8'));
        console.log(diagramType);
    } catch (error) {
        console.error(`${file}: ${error.message}`);
        process.exit(1);
    }
}
