# error 1: needs: good leads back to it
s/needs = { "07-zombie" }/needs = { "good" }/
