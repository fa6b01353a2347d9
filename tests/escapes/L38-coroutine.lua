-- An error that is a coroutine.
error(coroutine.create(print))
