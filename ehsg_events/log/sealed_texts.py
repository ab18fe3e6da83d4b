"""The sealed texts beside the facts, in a table whose rows may be deleted."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.sqlite import SQLiteDatastore

from ehsg_events.kernel import Words
from ehsg_events.log.keys import Person
from ehsg_events.log.vault import Sealed


class SealedTexts:
    """How sealed texts are read; they are written with the facts that hold them."""

    datastore: SQLiteDatastore

    def whose_texts(self) -> set[Person]:
        """Everybody whose texts lie beside the log."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT DISTINCT assessment, person FROM sealed_text")
            return {(UUID(row[0]), row[1]) for row in cursor.fetchall()}

    def has_texts_of(self, assessment: UUID, person: str) -> bool:
        """Whether any text of a person lies beside the log."""
        asked = "SELECT EXISTS (SELECT 1 FROM sealed_text WHERE assessment = ? AND person = ?)"
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(asked, (assessment.hex, person))
            return bool(cursor.fetchone()[0])

    def sealed(self, words: Words) -> Sealed | None:
        """The ciphertext that words stand for, none once its row was deleted.

        Raises:
            ValueError: its row is damaged.
        """
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(
                "SELECT assessment, person, stream, CAST(ifnull(body, '') AS BLOB) "
                "FROM sealed_text WHERE id = ?",
                (words.id.hex,),
            )
            row = cursor.fetchone()
        if row is None:
            return None
        return Sealed(words, UUID(row[0]), str(row[1]), UUID(row[2]), row[3])
