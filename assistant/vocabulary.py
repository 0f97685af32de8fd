"""What the documents of an index hold, by which a question's misspelt words and foreign names are understood."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.glosses import Sense
from assistant.sounds import most_alike, pinyin_of, sound_of_chinese, sound_of_english

HEARD = "~"
"""Before the spelling of a name, where names are looked up by their sound."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What documents hold: English `stems`, by which misspelt words are corrected, and the `names` heard in them."""

    stems: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()

    def heard(self, name: str) -> list[Sense]:
        """The names written in the other script that sound like this one."""
        other = [at for at, known in enumerate(self.names) if known.isascii() is not name.isascii()]
        sounds, spellings = ([column[at] for at in other] for column in (self.sounds, self.spellings))
        return [(HEARD + self.names[other[at]], alike) for at, alike in most_alike(name, sounds, spellings)]


def vocabulary_of(stems: Sequence[str], names: Sequence[str]) -> Vocabulary:
    sounds = (sound_of_english(name) if name.isascii() else sound_of_chinese(name) for name in names)
    spellings = (name if name.isascii() else pinyin_of(name) for name in names)
    return Vocabulary(tuple(stems), tuple(names), tuple(sounds), tuple(spellings))
