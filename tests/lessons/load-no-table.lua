-- a lesson file returns amm.lesson{...}
return 5
