// The engine in the browser against the engine in the program: the same session requests, answered
// by the module in Node and by the rooms in a release build.
//
//   node engine_ratio.mjs engine.wasm bench_session FORM.xml [ROUNDS]
//
// Each figure is the sum over all requests of a kind of the best of all rounds, so that other work
// on the machine counts little. "first" is the first round, in which the browser still compiles.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { loadModule, startEngineIn } from "../../forms/wasm/node/engine.mjs";

const [modulePath, native, formPath, rounds = "7"] = process.argv.slice(2);
const module = await loadModule(modulePath);

/** 2,000 questions in 40 groups: numbers, choices, texts, sums, and groups that others open. */
function largeForm() {
  let instance = "";
  let binds = "";
  let body = "";
  for (let g = 0; g < 40; ++g) {
    instance += `<g${g}>`;
    body += `<group ref="/data/g${g}"><label>Group ${g}</label>`;
    if (g % 4 === 3)
      binds += `<bind nodeset="/data/g${g}" relevant="/data/g${g - 1}/q0 &gt; 2"/>`;
    for (let q = 0; q < 50; ++q) {
      const path = `/data/g${g}/q${q}`;
      const before = `/data/g${g}/q${q - 1}`;
      instance += `<q${q}/>`;
      const label = `<label>Question ${q} of group ${g}: how many are there?</label>`;
      if (q % 10 === 9) {
        binds += `<bind nodeset="${path}" type="int" calculate="sum(/data/g${g}/q0 | ${before})"/>`;
      } else if (q % 10 === 4) {
        binds += `<bind nodeset="${path}" type="string"/>`;
        const items = [1, 2, 3, 4, 5].map((value) =>
          `<item><label>Choice ${value}</label><value>${value}</value></item>`).join("");
        body += `<select1 ref="${path}">${label}${items}</select1>`;
      } else if (q % 10 === 7) {
        binds += `<bind nodeset="${path}" type="string" relevant="${before} != ''"/>`;
        body += `<input ref="${path}">${label}</input>`;
      } else {
        binds += `<bind nodeset="${path}" type="int" required="true()" ` +
          `constraint=". &gt;= 0 and . &lt; 1000"/>`;
        body += `<input ref="${path}">${label}</input>`;
      }
    }
    instance += `</g${g}>`;
    body += "</group>";
  }
  return `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">` +
    `<h:head><h:title>Large</h:title><model><instance><data id="large">${instance}` +
    `<meta><instanceID/></meta></data></instance>${binds}</model></h:head><h:body>${body}` +
    `</h:body></h:html>`;
}

/** Loads, opens, answers what can be answered (at most `answers`), checks and finishes. */
async function requestsFor(xml, answers) {
  const engine = await startEngineIn(module);
  const requests = [];
  const ask = (request) => {
    requests.push(request);
    const answer = engine.request(request);
    if (answer.error) throw new Error(JSON.stringify(answer.error));
    return answer;
  };
  ask({ op: "loadForm", xml });
  const instance = "i1";
  const { nodes } = ask({ op: "open", form: "f1", changes: true, formatted: true, seed: 1 });
  const asked = nodes.filter((node) =>
    node.kind === "value" && node.control && node.control !== "note" && !node.readonly);
  const step = Math.max(1, Math.floor(asked.length / answers));
  for (let i = 0; i < asked.length; i += step) {
    const { choices, control, ref } = asked[i];
    const value = choices?.length ? choices[i % choices.length].value
      : control === "trigger" ? "OK" : String(i % 7);
    ask({ op: "setValue", instance, ref, value });
  }
  ask({ op: "validate", instance });
  ask({ op: "serialize", instance, includeNonRelevant: true });
  ask({ op: "finalize", instance });
  return requests;
}

async function timesOfModule(lines) {
  const all = [];
  for (let round = 0; round < Number(rounds); ++round) {
    const engine = await startEngineIn(module);
    all.push(lines.map((line) => {
      const start = process.hrtime.bigint();
      engine.requestBytes(line);
      return Number(process.hrtime.bigint() - start);
    }));
  }
  return all;
}

function timesOfProgram(lines) {
  const input = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
  const run = spawnSync(native, [rounds], { input, maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${native}: ${run.stderr}`);
  return run.stdout.toString().trim().split("\n").map((round) => round.trim().split(" ").map(Number));
}

function sums(requests, all) {
  const best = new Map();
  const first = new Map();
  requests.forEach(({ op }, i) => {
    best.set(op, (best.get(op) ?? 0) + Math.min(...all.map((round) => round[i])));
    first.set(op, (first.get(op) ?? 0) + all[0][i]);
  });
  return { best, first };
}

async function compare(name, xml, answers) {
  const requests = await requestsFor(xml, answers);
  const lines = requests.map((request) => Buffer.from(JSON.stringify(request)));
  const inModule = sums(requests, await timesOfModule(lines));
  const inProgram = sums(requests, timesOfProgram(lines));
  const count = (op) => requests.filter((request) => request.op === op).length;
  const ms = (nanoseconds) => (nanoseconds / 1e6).toFixed(2).padStart(9);
  console.log(`${name.padEnd(34)} program ms  module ms     ratio   module first`);
  let all = [0, 0];
  for (const [op, took] of inModule.best) {
    const other = inProgram.best.get(op);
    all = [all[0] + other, all[1] + took];
    const label = count(op) > 1 ? `${op}, each of ${count(op)}` : op;
    console.log(`  ${label.padEnd(32)} ${ms(other / count(op))}  ${ms(took / count(op))} ` +
      `${(took / other).toFixed(2).padStart(9)}   ${ms(inModule.first.get(op) / count(op))}`);
  }
  console.log(`  ${"all".padEnd(32)} ${ms(all[0])}  ${ms(all[1])} ` +
    `${(all[1] / all[0]).toFixed(2).padStart(9)}   (to reach: 3)`);
}

await compare("fit check", readFileSync(formPath, "utf8"), 1000);
await compare("form of 2,000 questions", largeForm(), 200);
