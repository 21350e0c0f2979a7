# parallel-ssh.sh - the recipe for GNU parallel over ssh, to two names of this host
. "$CASES/lib.sh"
command -v parallel > /dev/null || skip "no GNU parallel"
[ -x /usr/sbin/sshd ] || skip "no sshd"
[ -d /run/sshd ] || mkdir -p /run/sshd 2> /dev/null || skip "no /run/sshd"
export PARALLEL_HOME="$PWD/.parallel"
mkdir -p "$PARALLEL_HOME" && : > "$PARALLEL_HOME/will-cite"
ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f user
cat > sshd.conf <<END
HostKey $PWD/host
AuthorizedKeysFile $PWD/user.pub
StrictModes no
UsePAM no
PermitRootLogin yes
END
# each connection has a server of its own, at the other end of a pipe: no port that others might have
cat > ssh.conf <<END
Host *
	ProxyCommand /usr/sbin/sshd -i -f $PWD/sshd.conf
	IdentityFile $PWD/user
	IdentitiesOnly yes
	StrictHostKeyChecking no
	UserKnownHostsFile /dev/null
	LogLevel ERROR
END
ssh="ssh -F $PWD/ssh.conf"
$ssh 127.0.0.1 true 2> ssh.err || skip "ssh to this host: $(tail -n 1 ssh.err)"

make-case -m -f 2 -n 2 --subclass 0 --spacing 12 -o s > /dev/null
ibin-extract s/*.x3p > 'a gallery.sig'
ibin-match --all --verify 1 'a gallery.sig' > whole
"$TOP/scripts/match-parallel" -n 4 -S 1/127.0.0.1,1/localhost -p --ssh -p "$ssh" -p --joblog -p "$PWD/jobs" parts \
	--all --verify 1 'a gallery.sig' | cmp - whole
echo "hosts: $(tail -n +2 jobs | cut -f 2 | sort -u | tr '\n' ' ')"
