# error 2: step 4: not solved by its solution; missing: it is freed
s/"@0 idle", "@1 switch $B" },$/"@0 idle" },/
s/`@0 idle`, `@1 switch $B`/`@0 idle`/
