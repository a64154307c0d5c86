// The command line as it is typed: mistakes, help, users, copies, checks, the lock of a data file, the end of a server. TAP.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const binary = resolve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), "sturgeon-cli-"));
const at = (name) => join(folder, name);
const run = (args, input = "") => spawnSync(binary, args, { encoding: "utf8", input, cwd: folder, timeout: 60000 });

let made = 0;
let failed = 0;
function shows(name, ok, detail) {
	made++;
	if (!ok) failed++;
	console.log(`${ok ? "ok" : "not ok"} ${made} - ${name}`);
	if (!ok) console.log(`# ${String(detail).replaceAll("\n", "\n# ")}`);
}
const told = (done) => `${done.status ?? done.signal}: ${done.stdout}${done.stderr}`;

// A server, once it listens; exit: its code, or the signal that ended it.
function serve(args) {
	const child = spawn(binary, ["serve", ...args], { stdio: ["ignore", "ignore", "pipe"] });
	const server = { child, log: "" };
	server.exit = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
	server.ready = new Promise((resolve, reject) => {
		child.stderr.on("data", (chunk) => {
			server.log += chunk;
			const found = /"url":"([^"]+)\/"/.exec(server.log);
			if (found) resolve(found[1]);
		});
		server.exit.then((code) => reject(new Error(`ended with ${code}: ${server.log}`)));
	});
	return server;
}

// ---- Help and mistakes ----

const all = run(["--help"]);
const commands = [...all.stdout.matchAll(/^ {2}(\S+(?: \S+)?) {2,}\S/gm)].map((m) => m[1].split(" "));
shows("help__lists_commands", all.status === 0 && commands.length >= 8 && commands.some((c) => c.join(" ") === "user add"), told(all));
for (const words of commands) {
	const help = run(["help", ...words]);
	const [usage, ...rest] = help.stdout.split("\n");
	const options = [...usage.matchAll(/--[a-z-]+/g)].map((m) => m[0]);
	const explained = options.filter((o) => new RegExp(`^  ${o}\\b.*\\n {6}\\S.{3,}`, "m").test(rest.join("\n")));
	shows(`help__${words.join("_")}_tells_of_every_option`, help.status === 0 && usage.startsWith(`Usage: sturgeon ${words.join(" ")}`) && explained.length === options.length, told(help));
	shows(`help__${words.join("_")}_is_also_--help`, run([...words, "--help"]).stdout === help.stdout, "");
	const nonsense = run([...words, "--nonsense"]);
	const lines = nonsense.stderr.trim().split("\n");
	shows(`mistake__${words.join("_")}_with_nonsense`, nonsense.status === 2 && nonsense.stdout === "" && lines.length === 2 && /^sturgeon: .*\S$/.test(lines[0]) && lines[1].startsWith("Usage: "),
		told(nonsense));
	if (options.includes("--db")) {
		const bare = run([...words, "--db"]);
		shows(`mistake__${words.join("_")}_without_a_value`, bare.status === 2 && bare.stdout === "", told(bare));
	}
}
const mistakes = [
	[[], /COMMAND/], [["nothing"], /no command "nothing"/], [["user"], /user add/], [["help", "nothing"], /no command "nothing"/], [["serve", "--listen", "x"], /ADDR:PORT/],
	[["serve", "--listen", ":80"], /ADDR:PORT/], [["serve", "--listen", "127.0.0.1:99999"], /ADDR:PORT/], [["serve", "--listen", "1.2.3:80"], /ADDR:PORT/],
	[["serve", "--db"], /--db wants a value/],
	[["serve", "--wording", "127.0.0.1:9", "--wording-model", "m"], /begins with http/], [["serve", "--wording", "http://127.0.0.1:9"], /name of a model/], [["serve", "--wording-model", "m"], /--wording/], [["serve", "--db", "--quiet"], /--db wants a value/], [["user", "add"], /LOGIN/], [["user", "add", "x", "--role", "boss"], /--role/],
	[["user", "add", "x", "--language", "de"], /--language/], [["user", "add", "xyz", "--name", ""], /--name/], [["backup"], /FILE/], [["version", "x"], /"x"/],
];
for (const [args, says] of mistakes) {
	const done = run(args);
	shows(`mistake__${args.join("_") || "nothing_at_all"}`, done.status === 2 && done.stdout === "" && says.test(done.stderr), told(done));
}

// ---- Users ----

const db = at("t.db");
const absent = run(["user", "add", "olena", "--db", db], "a long password\n");
shows("user_add__needs_a_data_file", absent.status === 1 && /there is no data file/.test(absent.stderr), told(absent));
{
	const server = serve(["--db", db, "--listen", "127.0.0.1:0", "--quiet"]);
	await server.ready;
	const early = run(["user", "add", "olena", "--db", db], "a long password\n");
	shows("user_add__needs_a_company", early.status === 1 && /no company yet/.test(early.stderr), told(early));
	server.child.kill();
	await server.exit;
}
rmSync(db);
shows("demo__for_what_follows", run(["demo", "--db", db, "--seed", "3"]).status === 0, "");
for (const [password, says] of [["", /no password|8 to 200/], ["short\n", /8 to 200/], ["x".repeat(201) + "\n", /8 to 200/], ["x".repeat(5000) + "\n", /8 to 200/], [Buffer.from([0xff, 0xfe, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x0a]), /UTF-8/]]) {
	const done = run(["user", "add", "newcomer", "--db", db], password);
	shows(`user_add__refuses_a_password: ${says}`, done.status !== 0 && says.test(done.stderr), told(done));
}
const added = run(["user", "add", "Newcomer", "--db", db, "--role", "lead", "--name", "Новенька"], "пароль на вісім\n");
shows("user_add__adds", added.status === 0, told(added));
const twice = run(["user", "add", "NEWCOMER", "--db", db], "пароль на вісім\n");
shows("user_add__not_twice", twice.status === 1 && /is taken/.test(twice.stderr), told(twice));
const unteamed = run(["user", "add", "someone", "--team", "Такої немає", "--db", db], "пароль на вісім\n");
shows("user_add__says_that_there_is_no_such_team", unteamed.status === 1 && /no team "Такої немає"/.test(unteamed.stderr), told(unteamed));
const nobody = run(["user", "passwd", "nobody", "--db", db], "пароль на вісім\n");
shows("user_passwd__of_nobody", nobody.status === 1 && /nobody logs in as nobody/.test(nobody.stderr), told(nobody));

// What a reply sets, as name=value. (Node 18 has no getSetCookie everywhere.)
const cookies = (reply) => (reply.headers.get("set-cookie") ?? "").split(/, (?=sturgeon)/).map((c) => c.split(";")[0]);

// Logs in by the form; the session's cookie, "" where it was refused.
async function logIn(url, login, password) {
	const page = await fetch(`${url}/login`, { headers: { accept: "text/html" } });
	const cookie = cookies(page)[0];
	const answer = await fetch(`${url}/login`, {
		method: "POST", redirect: "manual", headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
		body: new URLSearchParams({ csrf: cookie.split("=")[1], login, password }).toString(),
	});
	return cookies(answer).find((c) => c.startsWith("sturgeon=")) ?? "";
}
const status = async (url, cookie) => (await fetch(`${url}/me`, { headers: { cookie, accept: "application/json" } })).status;

// ---- Beside a server ----

{
	const server = serve(["--db", db, "--listen", "127.0.0.1:0", "--quiet"]);
	const url = await server.ready;
	const cookie = await logIn(url, "newcomer", "пароль на вісім");
	shows("user_add__logs_in", (await status(url, cookie)) === 200, cookie);
	const second = run(["serve", "--db", db, "--listen", "127.0.0.1:0"]);
	shows("serve__a_second_server_is_refused", second.status === 1 && /another server is running/.test(second.stderr), told(second));
	const changed = run(["user", "passwd", "newcomer", "--db", db], "зовсім інший\n");
	shows("user_passwd__beside_a_server_ends_sessions", changed.status === 0 && (await status(url, cookie)) === 401, told(changed));
	shows("user_passwd__the_old_one_is_over", (await logIn(url, "newcomer", "пароль на вісім")) === "" && (await logIn(url, "newcomer", "зовсім інший")) !== "", "");
	const copied = run(["backup", at("copy.db"), "--db", db]);
	shows("backup__beside_a_server", copied.status === 0 && (statSync(at("copy.db")).mode & 0o777) === 0o600, told(copied));
	const again = run(["backup", at("copy.db"), "--db", db]);
	shows("backup__not_over_a_file", again.status === 1 && /exists already/.test(again.stderr), told(again));
	const checked = run(["check", "--db", db]);
	shows("check__beside_a_server", checked.status === 0 && /^integrity +equal$/m.test(checked.stdout), told(checked));
	const busy = run(["serve", "--db", at("other.db"), "--listen", new URL(url).host]);
	shows("serve__says_that_the_port_is_taken", busy.status === 1 && /Address already in use/.test(busy.stderr), told(busy));
	server.child.kill("SIGTERM");
	shows("serve__ends_cleanly", (await server.exit) === 0, server.log);
	shows("check__of_the_copy", run(["check", "--db", at("copy.db")]).status === 0, "");
}

// ---- What whoever runs it sees ----

{
	const server = serve(["--db", db, "--listen", "127.0.0.1:0"]);
	const url = await server.ready;
	const cookie = await logIn(url, "newcomer", "зовсім інший");
	await fetch(`${url}/me`, { headers: { cookie } });
	await fetch(`${url}/no/such/"page"\n<b>?secret=1`, { headers: { cookie } });
	await fetch(`${url}/healthz`);
	const health = await (await fetch(`${url}/healthz`)).text();
	shows("healthz__is_ok", health === "ok\n", health);
	const metrics = await (await fetch(`${url}/metrics`)).text();
	const lines = metrics.trimEnd().split("\n");
	const wrong = lines.filter((l) => !/^# (HELP|TYPE) [a-z_]+ \S.*$/.test(l) && !/^[a-z_]+(\{([a-z]+="[^"\\\n]*",?)*\})? [0-9.e+-]+$/.test(l));
	shows("metrics__are_prometheus_text", wrong.length === 0, wrong.join("\n"));
	const names = lines.map((l) => /^(?:# \w+ )?([a-z_]+?)(_bucket|_sum|_count)?(?=[ {])/.exec(l)[1]).filter((n, i, all) => n !== all[i - 1]);
	shows("metrics__each_stands_together", new Set(names).size === names.length, names.join(" "));
	for (const name of ["sturgeon_requests_total", "sturgeon_request_seconds", "sturgeon_requests_open", "sturgeon_commits_total", "sturgeon_writes_total", "process_resident_memory_bytes"])
		shows(`metrics__have_${name}`, metrics.includes(`# TYPE ${name} `), metrics);
	shows("metrics__count", /sturgeon_requests_total\{method="POST",path="\/login",status="3xx"\} 1\n/.test(metrics) && /path="none",status="4xx"\} 1\n/.test(metrics), metrics);
	server.child.kill();
	await server.exit;
	const log = server.log.trimEnd().split("\n").map((l) => { try { return JSON.parse(l); } catch { return l; } });
	const broken = log.filter((l) => typeof l === "string" || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(l.at) || !["info", "warning", "error"].includes(l.level) || !l.event);
	shows("log__every_line_is_json", broken.length === 0, JSON.stringify(broken));
	const requests = log.filter((l) => l.event === "request");
	shows("log__has_a_line_a_request", requests.length >= 6 && requests.every((r) => ["GET", "POST"].includes(r.method) && r.status >= 200 && r.us >= 0 && r.address === "127.0.0.1"),
		JSON.stringify(requests));
	shows("log__holds_no_secrets", !/зовсім|secret|sturgeon=|csrf/.test(server.log), server.log);
}

// Every address of both kinds; left out where the machine has no IPv6.
{
	const server = serve(["--db", db, "--listen", "[::]:0", "--quiet"]);
	const url = await server.ready.catch(() => "");
	if (url) {
		const port = new URL(url).port;
		const answers = await Promise.all(["127.0.0.1", "[::1]"].map(async (host) => (await fetch(`http://${host}:${port}/metrics`).catch(() => ({}))).status));
		shows("serve__listens_on_both_kinds_of_address", answers[0] === 200 && answers[1] === 200, JSON.stringify(answers)); // and both are this machine
	}
	server.child.kill();
	await server.exit;
}

// ---- What is wrong with a file ----

const lost = run(["serve", "--db", at("no/such/folder/t.db"), "--listen", "127.0.0.1:0"]);
shows("serve__says_that_the_folder_is_not_there", lost.status === 1 && /No such file or directory/.test(lost.stderr), told(lost));
writeFileSync(at("text.db"), "This is a text and no data file. ".repeat(100));
for (const command of ["serve", "check"]) {
	const done = run([command, "--db", at("text.db"), ...(command === "serve" ? ["--listen", "127.0.0.1:0"] : [])]);
	shows(`${command}__says_that_it_is_no_data_file`, done.status === 1 && /not a database/.test(done.stderr), told(done));
}
if (process.getuid() !== 0) { // root may write everything
	chmodSync(at("copy.db"), 0o400);
	const done = run(["serve", "--db", at("copy.db"), "--listen", "127.0.0.1:0"]);
	shows("serve__says_that_it_may_not_write", done.status === 1 && /Permission denied|may not be written/.test(done.stderr), told(done));
	chmodSync(at("copy.db"), 0o600);
}
{
	const bytes = readFileSync(at("copy.db"));
	const file = openSync(at("copy.db"), "r+");
	for (let page = 8; page * 4096 < bytes.length; page += 3) writeSync(file, Buffer.alloc(600, 0xa5), 0, 600, page * 4096 + 40);
	const done = run(["check", "--db", at("copy.db")]);
	shows("check__of_a_damaged_file_says_so", done.status === 1 && /integrity|malformed|corrupt/i.test(done.stderr), told(done));
	const gone = run(["check", "--db", at("gone.db")]);
	shows("check__of_no_file", gone.status === 1 && /there is no data file/.test(gone.stderr), told(gone));
}

// ---- The end ----

{
	// Somebody who is still sending is waited for; who asks a second time is not.
	const server = serve(["--db", db, "--listen", "127.0.0.1:0", "--quiet"]);
	const url = new URL(await server.ready);
	const { connect } = await import("node:net");
	const socket = connect(Number(url.port), url.hostname);
	socket.on("error", () => {});
	socket.write("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
	await new Promise((resolve) => setTimeout(resolve, 300));
	server.child.kill("SIGTERM");
	await new Promise((resolve) => setTimeout(resolve, 500));
	const waits = server.child.exitCode === null && server.child.signalCode === null;
	server.child.kill("SIGTERM");
	shows("serve__waits_for_who_is_sending_until_told_again", waits && (await server.exit) === "SIGTERM", server.log);
	socket.destroy();
	shows("check__after_it", run(["check", "--db", db]).status === 0, "");
}

console.log(`1..${made}`);
rmSync(folder, { recursive: true });
process.exit(failed ? 1 : 0);
