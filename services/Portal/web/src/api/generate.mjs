// Makes the types of the services' answers from the schemas beside this file, which the services' tests keep true (ApiShapes.cs).
//   npm run api              writes scheduling.ts, enrolment.ts
//   npm run api -- --check   only says whether they are what they should be
import { readdir, readFile, writeFile } from 'node:fs/promises';
import openapi, { astToString } from 'openapi-typescript';

const here = new URL('.', import.meta.url);

/** .NET reads numbers out of strings as well, and names no type for dates: what it writes are numbers and strings. */
function asWritten(schema) {
  if (Array.isArray(schema.type) && schema.type.includes('integer'))
    return { ...schema, type: schema.type.filter((type) => type !== 'string'), pattern: undefined };
  return schema.format && !schema.type ? { ...schema, type: 'string' } : schema;
}

const deeply = (node) =>
  node === null || typeof node !== 'object'
    ? node
    : Array.isArray(node)
      ? node.map(deeply)
      : asWritten(Object.fromEntries(Object.entries(node).map(([name, value]) => [name, deeply(value)])));

async function typesOf(name) {
  const schemas = deeply(JSON.parse(await readFile(new URL(name, here), 'utf8')));
  const document = { openapi: '3.1.0', info: { title: name, version: '1' }, paths: {}, components: { schemas } };
  const text = astToString(await openapi(document, { rootTypes: true, rootTypesNoSchemaPrefix: true, alphabetize: true }));
  return `// Made from ${name} by \`npm run api\`: not to be changed by hand.\n${text}`;
}

let stale = 0;
for (const name of (await readdir(here)).filter((file) => file.endsWith('.json'))) {
  const target = new URL(name.replace('.json', '.ts'), here);
  const text = await typesOf(name);
  if (!process.argv.includes('--check')) await writeFile(target, text);
  else if ((await readFile(target, 'utf8')) !== text) {
    console.error(`${target.pathname} is stale: npm run api`);
    stale = 1;
  }
}
process.exitCode = stale;
