# normal.sh - a grant, and the list of grants
iarms-access grant chief --country FRA --agency 'BCN Paris' --kind ncb --role approver --agreement UA-1 \
	--to 2026-12-31 || exit
iarms-access list -c officer,country,agency,kind,role,agreement,from,to,at,state
