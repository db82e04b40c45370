#!/usr/bin/env bats
# File names from strangers: what is created, and that nothing else is.

setup() {
	load helper
	mkdir -p box/in
	# What an escape would overwrite, or write through.
	echo precious >box/evil
}

# named header...: unpack a message whose attachment has these header lines; print the names created.
named() {
	{
		printf 'MIME-Version: 1.0\n'
		[[ $1 == Content-Type* ]] || printf 'Content-Type: application/octet-stream\n'
		printf '%b\n' "$@"
		printf 'Content-Transfer-Encoding: base64\n\nZGF0YQ==\n'
	} >message
	mime-unpack -q -d box/in <message >records || return
	ls -A box/in
}

# filename value: the same with Content-Disposition: attachment; filename=value.
filename() { named "Content-Disposition: attachment; filename=$1"; }

teardown() {
	# Whatever a test did: nothing outside box/in, nothing but files inside.
	assert_equal "$(cat box/evil)" precious
	assert_equal "$(ls -A box)" $'evil\nin'
	assert_equal "$(find box/in -mindepth 1 ! -type f ! -type l)" ''
}

@test "a path is cut to its last component" {
	assert_equal "$(filename '"../../evil"')" evil
	rm box/in/*
	assert_equal "$(filename '"a/../../../evil2"')" evil2
	rm box/in/*
	assert_equal "$(filename '"sub/dir/x.txt"')" x.txt
	rm box/in/*
	assert_equal "$(filename '"C:\\\\\\\\temp\\\\\\\\x.doc"')" x.doc
}

@test "the names of directories become harmless, and nothing is lost" {
	assert_equal "$(filename '".."')" _
	rm box/in/*
	assert_equal "$(filename '"."')" _
}

@test "leading periods, dashes and tildes get an underscore in front" {
	assert_equal "$(filename '".bashrc"')" _.bashrc
	rm box/in/*
	assert_equal "$(filename '"-rf"')" _-rf
	rm box/in/*
	assert_equal "$(filename '"~root"')" _~root
}

@test "shell and terminal characters become underscores" {
	assert_equal "$(filename '"|id"')" _id
	rm box/in/*
	assert_equal "$(filename '"*"')" _
	rm box/in/*
	assert_equal "$(filename '"a\033[31mb"')" 'a_[31mb'
	rm box/in/*
	assert_equal "$(filename '"a\\"b.txt"')" a_b.txt
}

@test "a line end or a NUL in an extended name becomes an underscore" {
	assert_equal "$(named "Content-Disposition: attachment; filename*=us-ascii''a%0Ab.txt")" a_b.txt
	rm box/in/*
	assert_equal "$(named "Content-Disposition: attachment; filename*=us-ascii''a%00b.txt")" a_b.txt
}

@test "a mark that turns the direction of text becomes an underscore" {
	assert_equal "$(named "Content-Disposition: attachment; filename*=utf-8''a%E2%80%AEgpj.exe")" a_gpj.exe
}

@test "a name of 304 bytes is cut and keeps its extension" {
	local long
	long=$(printf 'x%.0s' {1..300})
	assert_equal "$(filename "\"$long.pdf\"")" "${long:0:196}.pdf"
	assert_equal "$(head -n 1 records | cut -f 12)" name-changed,name-cut
}

@test "R24: an unquoted name keeps its blanks, a comment after it goes" {
	assert_equal "$(filename 'My Paper final.pdf')" 'My Paper final.pdf'
	rm box/in/*
	assert_equal "$(filename 'a.txt (hi)')" a.txt
}

@test "R24: encoded words and extended values give the name" {
	assert_equal "$(filename '"=?utf-8?Q?=C3=A9=E2=82=AC=2Epdf?="')" é€.pdf
	rm box/in/*
	assert_equal "$(named "Content-Disposition: attachment; filename*=utf-8''%C3%A9%E2%82%AC.pdf")" é€.pdf
	rm box/in/*
	assert_equal "$(filename '"=?iso-8859-1?B?6S5wZGY=?="')" é.pdf
}

@test "a character cut in two between encoded words is one character" {
	assert_equal "$(filename '"=?utf-8?B?w6nDqQ==?= =?utf-8?B?4oI=?=\n =?utf-8?B?rC5wZGY=?="')" éé€.pdf
}

@test "R24: numbered segments are joined in order, whatever their place" {
	assert_equal "$(named "Content-Disposition: attachment; filename*1*=%20M%C3%A4rz;\n filename*2=\".pdf\"; filename*0*=utf-8''Rechnung")" \
		'Rechnung März.pdf'
}

@test "R24: filename* wins over filename, and that over name" {
	assert_equal "$(named "Content-Type: a/b; name=c.txt" "Content-Disposition: attachment; filename=b.txt; filename*=utf-8''a.txt")" a.txt
	rm box/in/*
	assert_equal "$(named 'Content-Type: a/b; name=c.txt' 'Content-Disposition: attachment; filename=b.txt')" b.txt
}

@test "device names of Windows get an underscore in front" {
	assert_equal "$(filename '"CON"')" _CON
	rm box/in/*
	assert_equal "$(filename '"com1.txt"')" _com1.txt
}

@test "blanks and periods at the end go" {
	assert_equal "$(filename '"a.txt. "')" a.txt
}

@test "R28: a part without a name is called after its section and type" {
	assert_equal "$(named 'Content-Disposition: attachment')" part-1.bin
}

@test "an existing file is never touched" {
	echo old >box/in/a.txt
	run -0 filename a.txt
	assert_equal "$output" $'a.txt\na~2.txt'
	assert_equal "$(cat box/in/a.txt)" old
	run -0 filename a.txt
	assert_equal "$output" $'a.txt\na~2.txt\na~3.txt'
}

@test "a symbolic link is neither followed nor replaced, dangling or not" {
	ln -s ../evil box/in/a.txt
	ln -s ../new box/in/b.txt
	filename a.txt
	filename b.txt
	assert_equal "$(ls -A box/in)" $'a.txt\na~2.txt\nb.txt\nb~2.txt'
	assert_equal "$(readlink box/in/a.txt)" ../evil
}

@test "files have mode 0600 unless -p says otherwise" {
	filename a.txt
	assert_equal "$(tree box/in)" '600 ./a.txt'
	rm box/in/*
	mime-unpack -p 644 -d box/in <message
	assert_equal "$(tree box/in)" '644 ./a.txt'
}

@test "the name rule leaves its own results alone" {
	local name
	for name in '"../../.bashrc"' '"-rf"' '"CON"' '"a|b*c.txt. "' '"é  €.pdf"'; do
		rm -f box/in/*
		name=$(filename "$name")
		rm -f box/in/*
		assert_equal "$(filename "\"$name\"")" "$name"
	done
}

@test "a record shows a hostile name escaped and the path beside it" {
	filename '"a\033b.txt"'
	assert_equal "$(head -n 1 records | cut -f 13,14)" $'a\\x1bb.txt\ta_b.txt'
}

@test "-x ascii=1 leaves only letters, digits, periods, dashes and underscores" {
	filename '"Grüße (1)  日本-x.pdf"' >/dev/null
	rm box/in/*
	mime-unpack -q -x ascii=1 -d box/in <message >records
	assert_equal "$(head -n 1 records | cut -f 12)" 8bit-hdr,name-changed
	assert_equal "$(ls box/in)" 'Gr__e__1____-x.pdf'
	run -100 mime-unpack -x ascii=2 -d box/in <message
}

@test "-x name=40 makes names no longer, the extension stays" {
	filename "\"$(printf 'é%.0s' {1..60}).pdf\"" >/dev/null
	rm box/in/*
	mime-unpack -q -x name=40 -d box/in <message
	assert_equal "$(ls box/in)" "$(printf 'é%.0s' {1..18}).pdf"
	run -100 mime-unpack -x name=31 -d box/in <message
	run -100 mime-unpack -x name=201 -d box/in <message
}
