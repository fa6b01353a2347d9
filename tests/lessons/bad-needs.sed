# error 1: needs: 'Not An Id' is no id
s/needs = { "07-zombie" }/needs = { "Not An Id" }/
