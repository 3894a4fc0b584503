"""The nouns of IAM, spelled as AWS spells them: frozen Structs without behaviour, one file a family."""
