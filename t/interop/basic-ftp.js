// basic-ftp.js address port [explicit|implicit]: what the package's users do, into /in and to back,
// with TLS if told so.
const ftp = require("basic-ftp")
const fs = require("fs")
const assert = require("assert")

async function main(host, port, tls) {
	const c = new ftp.Client(10000)
	await c.access({ host, port: Number(port), user: "ftp", password: "x",
		secure: tls === "implicit" ? tls : tls === "explicit",
		secureOptions: tls && { ca: fs.readFileSync("localhost.pem") } })
	assert((await c.features()).has("MLST"))
	assert.equal(await c.pwd(), "/")
	await c.uploadFromDir("tree", "in/tree")
	await c.cd("/")
	await c.downloadToDir("back", "in/tree")
	const list = await c.list("in/tree")
	assert.deepEqual(list.map(f => f.name).sort(), fs.readdirSync("tree").sort())
	assert.equal(list.find(f => f.name === "big").size, 3000000)
	assert(list.find(f => f.name === "deep").isDirectory)
	assert.equal(await c.size("in/tree/big"), 3000000)
	assert.equal((await c.lastMod("in/tree/big")).getTime(), Math.floor(fs.statSync("root/in/tree/big").mtimeMs / 1000) * 1000)
	fs.writeFileSync("back/part", fs.readFileSync("tree/big").subarray(0, 2000000))
	await c.downloadTo("back/part", "in/tree/big", 2000000)
	await c.appendFrom("tree/deep/note", "in/tree/deep/note")
	await c.ensureDir("/in/a/b c/d")
	assert.equal(await c.pwd(), "/in/a/b c/d")
	await c.uploadFrom("tree/big", " lead")
	await c.rename(" lead", "../trail ")
	assert.deepEqual((await c.list("/in/a/b c")).map(f => f.name).sort(), ["d", "trail "])
	await assert.rejects(c.downloadTo("back/none", "none"), e => e.code === 550)
	await assert.rejects(c.size("none"), e => e.code === 550)
	await assert.rejects(c.cd("none"), e => e.code === 550)
	assert.equal((await c.send("NOOP")).code, 200)
	await c.remove("/in/a/b c/trail ")
	await c.removeEmptyDir("/in/a/b c/d")
	await c.removeDir("/in/a")
	await c.cd("/")
	assert.deepEqual((await c.list("in")).map(f => f.name), ["tree"])
	c.close()
}

main(...process.argv.slice(2)).then(() => console.log("done"), e => { console.error(e); process.exit(1) })
