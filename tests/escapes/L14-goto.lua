-- An endless loop, by goto.
::a::
goto a
