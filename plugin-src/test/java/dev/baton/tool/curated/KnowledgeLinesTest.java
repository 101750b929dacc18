package dev.baton.tool.curated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeLinesTest {

  @TempDir private Path folder;

  @Test
  void documentsAreTakenAsTheyStand() throws IOException {
    Gathered read =
        read(
            """
            {"id":"e1","kind":"entity","name":"鲁迅","entity_type":"PER","aliases":["周树人"],"tags":["a"],"year":1881}

            {"id":"t1","kind":"triple","subject":"呐喊","relation":"author","object":"鲁迅"}
            """);
    assertThat(read.faults).isEmpty();
    assertThat(read.values("entity", "id", "name", "entity_type", "aliases", "tags", "year"))
        .containsExactly(List.of("e1", "鲁迅", "PER", List.of("周树人"), List.of("a"), 1881));
    assertThat(read.values("triple", "id", "subject", "relation", "object"))
        .containsExactly(List.of("t1", "呐喊", "author", "鲁迅"));
  }

  @Test
  void withoutAnIdTheDocumentSaysItself() throws IOException {
    Gathered read =
        read(
            """
            {"kind":"entity","name":"Mercury","entity_id":"Mercury (planet)"}
            {"kind":"triple","subject":"a","relation":"b","object":"c"}
            {"kind":"correction","subject":"a","relation":"b","object":"c"}
            {"kind":"correction","document_id":"a","name":"b","entity_id":"c"}
            {"kind":"same_as","subject":"b","object":"a"}
            {"kind":"different_from","subject":"a","object":"b"}
            """);
    assertThat(read.documents)
        .extracting(CuratedDocument::id)
        .containsExactly(
            "entity:Mercury (planet)",
            CuratedDocument.tripleId("triple", "a", "b", "c"),
            CuratedDocument.tripleId("correction", "a", "b", "c"),
            CuratedDocument.tripleId("correction-of-mention", "a", "b", "c"),
            CuratedDocument.tripleId("same_as", "a", "", "b"),
            CuratedDocument.tripleId("different_from", "a", "", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"kind\":\"document\",\"title\":\"x\"} | kind must be entity, triple, correction, same_as or different_from, got: document",
        "{\"kind\":\"same_as\",\"subject\":\"a\",\"object\":\"A\"} | same_as needs two names, got one: 'a' and 'A'",
        "{\"name\":\"x\"} | no \"kind\"",
        "{\"kind\":\"correction\",\"document_id\":\" \",\"name\":\"a\",\"entity_id\":\"b\"} | document_id must be the id of a document, got: ' '",
        "{\"kind\":\"correction\",\"document_id\":\"1\",\"name\":\"a\"} | no \"entity_id\"",
        "{\"kind\":\"entity\"} | no \"name\"",
        "{\"kind\":\"entity\",\"name\":3} | name must be a text, got: 3",
        "{\"kind\":\"entity\",\"name\":\"a\\u0000b\"} | name has the control character U+0000",
        "{\"kind\":\"entity\",\"name\":\"a\\ud800\"} | name has the control character U+D800",
        "{\"kind\":\"entity\",\"name\":\"a\",\"aliases\":[1]} | aliases must be texts, got: [1]",
        "{\"kind\":\"triple\",\"subject\":\"a\",\"relation\":\"b\"} | no \"object\"",
        "{\"kind\":\"triple\",\"subject\":\" \",\"relation\":\"b\",\"object\":\"c\"} | subject is empty",
        "{\"kind\":\"entity\",\"name\":\"a\",\"year\":{\"inc\":1}} | year must not be an object",
        "{\"kind\":\"entity\",\"kind\":\"triple\"} | not JSON: Duplicate field 'kind'",
        "{\"kind\":\"entity\",\"name\":\"a\"} x | not JSON: Unrecognized token 'x'",
        "[1] | not a JSON object",
        "{\"kind\": | not JSON: Unexpected end-of-input"
      })
  void aLineThatIsNoCuratedDocumentIsNamed(String line, String rule) throws IOException {
    String good = "{\"kind\":\"entity\",\"name\":\"good\"}";
    Gathered read = read(good + "\n" + line + "\n" + good);
    assertThat(read.documents).hasSize(2);
    assertThat(read.faults).singleElement().asString().startsWith(file() + ":2: " + rule);
  }

  private Gathered read(String text) throws IOException {
    Files.writeString(file(), text);
    return Gathered.of(new KnowledgeLines(file(), Files::newInputStream));
  }

  private Path file() {
    return folder.resolve("knowledge.jsonl");
  }
}
