# net-smtp.pl host port: Perl's Net::SMTP, all it offers for a message.
use strict;
use warnings;
use Net::SMTP;

my ($host, $port) = @ARGV;
my $body = join '', map {"$_\n"} 'Subject: s', '', '.', '..', '.x', "gr\xc3\xbc\xc3\x9fe", '', '.', 'end';
my $c = Net::SMTP->new($host, Port => $port, Timeout => 20) or die "connect: $@";
sub must { my ($ok, $what) = @_; $ok or die "$what: " . $c->code . ' ' . $c->message }
must(defined $c->supports('PIPELINING') && $c->supports('SIZE') > 0, 'EHLO');
must($c->mail('al@x.example', Size => length $body, Bits => '8'), 'MAIL');
my @good = $c->recipient('c@d.example', 'c/d@x.example', 'e@f.example', { SkipBad => 1 });
must("@good" eq 'c@d.example e@f.example', 'RCPT');
must($c->data($body), 'DATA');
must($c->mail('') && $c->to('c@d.example') && $c->data, 'in pieces');
must($c->datasend("$_\n"), 'piece') for 'one', '.two', '';
must($c->dataend, 'end of data');
must($c->mail('al@x.example') && $c->reset, 'RSET');
must(!$c->to('c@d.example') && $c->code == 503, 'RCPT after RSET');
must($c->quit, 'QUIT');
open my $f, '>', 'given' or die;
print $f $body, "one\n.two\n\n";
close $f or die;
