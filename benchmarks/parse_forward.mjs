// Reads a folder of mails with email-forward-parser, as often as told; prints what it took as JSON. Started by benchmarks/parse.py.
//   node parse_forward.mjs alone|file MODULES REPEAT FILE...
// "alone": the decoded texts are ready before the clock starts. "file": each file is parsed by postal-mime first.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [mode, modules, repeat, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(path.join(modules, "node_modules", "x.js")));
const found = require("email-forward-parser");
const EmailForwardParser = found.default ?? found;
const PostalMime = require("postal-mime").default ?? require("postal-mime");

let engine = "RegExp";
if (!process.env.EMAIL_FORWARD_PARSER_DISABLE_RE2) {
  require("re2");
  engine = "RE2";
}

// Its manual: the plain text, or the HTML as text; it reads no HTML itself.
const textOf = (mail) => mail.text ?? (mail.html ?? "").replace(/<[^>]*>/g, "\n");
const parser = new EmailForwardParser();
const prepared = mode === "alone" ? await Promise.all(files.map((file) => PostalMime.parse(readFileSync(file)))) : [];

const began = process.hrtime.bigint();
const before = process.cpuUsage();
let forwards = 0;
for (let round = 0; round < Number(repeat); round++) {
  for (let index = 0; index < files.length; index++) {
    const mail = mode === "alone" ? prepared[index] : await PostalMime.parse(readFileSync(files[index]));
    if (parser.read(textOf(mail), mail.subject).forwarded) forwards++;
  }
}
const cpu = process.cpuUsage(before);
console.log(JSON.stringify({ engine, messages: files.length * Number(repeat), forwards: forwards / Number(repeat), wall_s: Number(process.hrtime.bigint() - began) / 1e9, cpu_s: (cpu.user + cpu.system) / 1e6 }));
