# net-ftp.pl address port passive: what Perl's Net::FTP offers, into /in and back.
use strict;
use warnings;
use Net::FTP;

my ($host, $port, $passive) = @ARGV;
my $f = Net::FTP->new($host, Port => $port, Passive => $passive, Timeout => 10) or die "connect: $@";
my $step = 0;

sub ok {
	my ($true, $what) = @_;
	$step++;
	die "step $step, $what: " . $f->code . " " . $f->message unless $true;
}

ok($f->login("anonymous", "x"), "login");
ok($f->pwd eq "/", "pwd");
ok($f->supported($_), "supported $_") for qw(MDTM SIZE MLST EPSV);
ok($f->feature("MLST"), "feature");
ok($f->binary, "binary");
ok($f->mkdir("in/a/b c", 1), "mkdir recursive");
ok($f->cwd("/in/a/b c") && $f->pwd eq "/in/a/b c", "cwd");
ok($f->put("big", "one"), "put");
ok($f->size("one") == -s "big", "size");
ok(abs($f->mdtm("one") - time) < 100, "mdtm");
my $unique = $f->put_unique("big", "one");
ok($unique eq "one.1", "put_unique: $unique");
ok($f->append("big", "one") && $f->size("one") == 2 * -s "big", "append");
ok($f->get("one", "back/one", -s "big"), "get from the middle");
ok($f->get("one.1", "back/two"), "get");
ok(join(",", sort $f->ls) eq "one,one.1", "ls");
ok(scalar(grep { /^-rw.* one(\.1)?$/ } $f->dir) == 2, "dir");
ok($f->rename("one", "../x") && !$f->size("one"), "rename");
ok($f->site("CHMOD 600 ../x"), "site");
ok(!$f->get("none", "back/none") && $f->code == 550, "get of what is not there");
my $d = $f->retr("../x");
ok($d, "retr");
$d->read(my $some, 100);
ok($d->abort, "abort of the data connection");
ok($f->cdup && $f->delete("x"), "delete");
ok($f->ascii && $f->put("lines", "lines") && $f->get("lines", "back/lines"), "ascii");
ok($f->cwd && $f->rmdir("in/a", 1), "rmdir recursive");
ok(!defined $f->rmdir("in/a") || 1, "rmdir");
ok($f->quit, "quit");
print "done\n";
