// nodemailer.js address port [starttls|tls]: what the package's users do, with TLS if told so;
// each message it gave to the file given, as it said it (with LF).
const nodemailer = require("nodemailer")
const fs = require("fs")
const assert = require("assert")

const raw = ["Subject: s", "", ".", "..", ".x", "gr\u00fc\u00dfe", "", "end", ""]

async function main(host, port, how) {
	const way = how ? { secure: how === "tls", requireTLS: true, tls: { ca: fs.readFileSync("localhost.pem") } }
		: { secure: false, ignoreTLS: true }
	const t = nodemailer.createTransport({ host, port: Number(port), ...way })
	assert(await t.verify())
	const said = await t.sendMail({
		from: "Al <al@x.example>", to: ["c@d.example", "Cy <e@f.example>"], subject: "Gr\u00fc\u00dfe", text: "one\n.\n..\nFrom\n",
		attachments: [{ filename: "photo.jpg", path: "photo.jpg" }],
	})
	assert.deepEqual(said.accepted, ["c@d.example", "e@f.example"])
	assert.match(said.response, /^250 .*id=/)
	for (const end of ["\r\n", "\n"])
		await t.sendMail({ envelope: { from: "al@x.example", to: "c@d.example" }, raw: raw.join(end) })
	const some = await t.sendMail({ envelope: { from: "", to: ["c@d.example", "c/d@x.example"] }, raw: raw.join("\r\n") })
	assert.deepEqual(some.rejected, ["c/d@x.example"])
	await assert.rejects(t.sendMail({ from: "al@x.example", to: "c/d@x.example", text: "none" }), e => e.responseCode === 550)
	await t.sendMail({ from: "j\u00fcrgen@x.example", to: "gr\u00f6\u00dfe@f.example", subject: "s", text: "utf8" })
	t.close()
	const pool = nodemailer.createTransport({ host, port: Number(port), pool: true, ...way, maxConnections: 3 })
	await Promise.all([...Array(60).keys()].map(i =>
		pool.sendMail({ envelope: { from: "al@x.example", to: "c@d.example" }, raw: "Subject: pool " + i + "\r\n\r\nb\r\n" })))
	pool.close()
	fs.writeFileSync("given", raw.join("\n"))
}

main(...process.argv.slice(2)).then(() => console.log("done"), e => { console.error(e); process.exit(1) })
