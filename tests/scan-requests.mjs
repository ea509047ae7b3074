// For tests/scan: writes a request for every operation of the API document that takes more than ids, and for each role that may ask it,
// with the campaign's own objects, as files that sqlmap reads.   node scan-requests.mjs PORTAL FOLDER
import { writeFileSync } from "node:fs";

const [portal, folder] = process.argv.slice(2);
const { FAMILY, TEACHER, COORDINATOR, CAMPAIGN } = process.env;
const roles = { family: FAMILY, teacher: TEACHER, coordinator: COORDINATOR };
const asking = (token) => ({ headers: { Authorization: `Bearer ${token}` } });
const get = async (path, role = "coordinator") => (await fetch(portal + path, asking(roles[role]))).json();

const document = await get("/openapi/v1.json");
const first = async (what) => (await get(`/api/campaigns/${CAMPAIGN}/${what}?limit=1`)).items[0];
const [enrolment, offer, stage] = [await first("enrolments"), await first("offers"), await first("stages")];
const module = stage.modules?.[0]?.id ?? enrolment.id;

// What a value of that name is when it is a good one; the rest follows from its type.
const samples = {
  campaignId: CAMPAIGN, campaign: CAMPAIGN, enrolmentId: enrolment.id, enrolment: enrolment.id, recipient: enrolment.id,
  offerId: offer.id, teacherOfferId: offer.id, stageId: stage.id, email: "scan@example.org", phone: "+33612345678", uai: "0340002V",
  school: "0340002V", level: "CM2", levels: ["CM2"], subject: "MATHS", wish: "MATHS", week: "A", weeks: ["A"], sort: "name",
  order: "asc", status: "active", search: "a", limit: 5, page: 1, zone: "C", timeZone: "Europe/Paris", year: 2027, kind: "own",
  summary: true, dryRun: true, objected: false, date: "2027-02-15", firstName: "Lina", lastName: "Martin", name: "Claire Martin",
};
const named = { enrolments: enrolment.id, offers: offer.id, stages: stage.id, modules: module, campaigns: CAMPAIGN };

const resolve = (schema) => {
  if (schema.$ref) return document.components.schemas[schema.$ref.split("/").pop()];
  return schema.oneOf ? resolve(schema.oneOf.find((s) => s.$ref) ?? schema.oneOf[0]) : schema;
};
function sample(name, given, depth = 0) {
  if (name in samples) return samples[name];
  const schema = resolve(given);
  const type = [schema.type].flat().find((t) => t !== "null");
  if (schema.enum) return schema.enum.find((value) => value !== null);
  if (type === "array") return depth > 4 ? [] : [sample("", schema.items ?? {}, depth + 1)];
  if (type === "object") {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, of]) => [key, sample(key, of, depth + 1)]));
  }
  if (schema.format === "date") return "2027-02-15";
  if (schema.format === "date-time") return "2027-02-15T08:00:00Z";
  if (schema.format === "uuid") return enrolment.id;
  if (type === "integer" || type === "number") return 1;
  return type === "boolean" ? true : "a";
}

const at = (path, parameters) =>
  parameters
    .filter((p) => p.in === "path")
    .reduce((filled, { name, schema }) => {
      const of = path.split("/").at(path.split("/").indexOf(`{${name}}`) - 1);
      // sqlmap tries what stands before a star: where an id is a word and no UUID, it reaches the database.
      const value = schema.format === "uuid" ? (samples[name] ?? named[of] ?? enrolment.id) : `${samples[name] ?? "a"}*`;
      return filled.replace(`{${name}}`, value);
    }, path);

let written = 0;
for (const [path, operations] of Object.entries(document.paths)) {
  for (const [method, { parameters = [], requestBody }] of Object.entries(operations)) {
    const schema = requestBody?.content?.["application/json"]?.schema;
    const query = parameters.filter((p) => p.in === "query");
    const words = parameters.some((p) => p.in === "path" && p.schema.format !== "uuid");
    if (!schema && query.length === 0 && !words) continue;
    const asked = query.map((p) => `${p.name}=${encodeURIComponent([sample(p.name, p.schema)].flat()[0])}`).join("&");
    for (const [role, token] of Object.entries(roles)) {
      const body = schema ? JSON.stringify(sample("", schema)) : "";
      const target = at(path, parameters) + (asked ? `?${asked}` : "");
      // Whoever may not ask at all is told so before any value is looked at.
      const answer = await fetch(portal + target.replaceAll("*", ""), {
        method: method.toUpperCase(),
        headers: { ...asking(token).headers, ...(body && { "Content-Type": "application/json" }) },
        ...(body && { body }),
      });
      await answer.body?.cancel();
      if (answer.status === 401 || answer.status === 403) continue;
      const lines = [`${method.toUpperCase()} ${target} HTTP/1.1`, `Host: ${new URL(portal).host}`, `Authorization: Bearer ${token}`];
      if (body) lines.push("Content-Type: application/json");
      const name = `${method}${path.replaceAll(/[^a-zA-Z]+/g, "-")}-${role}`.replaceAll("--", "-");
      writeFileSync(`${folder}/${name}`, `${lines.join("\r\n")}\r\n\r\n${body}`);
      console.error(`  ${answer.status} ${name}`);
      written++;
    }
  }
}
console.error(`  ${written} requests`);
