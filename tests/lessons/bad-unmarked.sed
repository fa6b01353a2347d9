# error 8: not marked for translation: Get it freed.
s/text = _"Get it freed."/text = "Get it freed."/
