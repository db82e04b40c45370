# mime-parser.pl file...: for each file a line with the decoded leaves that
# MIME::Parser finds, in hex, separated by blanks; "-" where it finds no message.
use strict;
use warnings;
use MIME::Parser;

my $parser = MIME::Parser->new;
$parser->output_to_core(1);
$parser->tmp_to_core(1);

sub leaves {
	my ($entity) = @_;
	return map { leaves($_) } $entity->parts if $entity->parts || $entity->is_multipart;
	return $entity->bodyhandle ? unpack('H*', $entity->bodyhandle->as_string) . '.' : '.';
}

for my $file (@ARGV) {
	open my $in, '<:raw', $file or die "$file: $!";
	my $entity = eval { $parser->parse($in) };
	print join(' ', $entity ? leaves($entity) : '-'), "\n";
}
