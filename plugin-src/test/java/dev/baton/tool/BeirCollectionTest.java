package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeirCollectionTest {

  @TempDir Path folder;

  @Test
  void metadataBecomesFieldsAndItsKindMakesWayForBatonsOwn() throws IOException {
    SolrInputDocument document =
        only(
            """
            {"_id":"d1","title":"呐喊","text":"小说集","metadata":{"lang":"zh","kind":"book",\
            "author":"鲁迅","year":1923,"tags":["a","b"],"pages":272,"price":1.5,"in print":true,"gone":null}}
            """);
    assertThat(document.getFieldValue("id")).isEqualTo("d1");
    assertThat(document.getFieldValue("kind")).isEqualTo("document");
    assertThat(document.getFieldValue("kind_s")).isEqualTo("book");
    assertThat(document.getFieldValue("title")).isEqualTo("呐喊");
    assertThat(document.getFieldValue("body")).isEqualTo("小说集");
    assertThat(document.getFieldValue("author")).isEqualTo("鲁迅");
    assertThat(document.getFieldValue("year")).isEqualTo(1923);
    assertThat(document.getFieldValues("tags")).containsExactly("a", "b");
    assertThat(document.getFieldValue("pages_i")).isEqualTo(272);
    assertThat(document.getFieldValue("price_d")).isEqualTo(1.5);
    assertThat(document.getFieldValue("in_print_b")).isEqualTo(true);
    assertThat(document.getFieldNames()).noneMatch(name -> name.startsWith("gone"));
  }

  @Test
  void faultsNameFileAndLine() throws IOException {
    assertThatThrownBy(() -> only("{\"_id\":\"d1\",\"text\":\"a\"}\n\n{\"_id\":\"d2\"}"))
        .hasMessage(folder.resolve("corpus.jsonl") + ":3: no \"text\"");
    assertThatThrownBy(() -> only("[1]"))
        .hasMessage(folder.resolve("corpus.jsonl") + ":1: not a JSON object");
    assertThatThrownBy(() -> only("{\"_id\""))
        .hasMessageStartingWith(folder.resolve("corpus.jsonl") + ":1: not JSON: ");
    assertThatThrownBy(
            () -> only("{\"_id\":\"d\",\"text\":\"a\",\"metadata\":{\"year\":\"about 1900\"}}"))
        .hasMessageEndingWith(":1: \"year\" must be a whole number, got: \"about 1900\"");
  }

  @Test
  void knowledgeGoesToSolrAsItStands() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("knowledge.jsonl"),
            """
            {"id":"entity:鲁迅","kind":"entity","name":"鲁迅","aliases":["周树人","魯迅"]}
            """);
    try (JsonLine.Reader lines = JsonLine.read(file)) {
      SolrInputDocument document = SolrDocuments.ofKnowledge(lines.next());
      assertThat(document.getFieldValue("kind")).isEqualTo("entity");
      assertThat(document.getFieldValues("aliases")).containsExactly("周树人", "魯迅");
    }
  }

  @Test
  void queriesWithoutARelevantDocumentAreLeftOut() throws IOException {
    write("corpus.jsonl", "{\"_id\":\"d1\",\"text\":\"a\"}");
    write(
        "queries.jsonl",
        """
        {"_id":"q1","text":"one"}
        {"_id":"q2","text":"two"}
        {"_id":"q3","text":"three"}
        """);
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq2\td1\t0\n");
    Evaluation evaluation = Evaluation.of(new BeirCollection(folder), new ModifiableSolrParams());
    assertThat(evaluation.queries()).containsExactly(Map.entry("q1", "one"));
    RankingQuality quality =
        evaluation.measure(Map.of("q1", List.of(new Evaluation.Hit("d1", 1f))));
    assertThat(quality.ndcg10()).isEqualTo(1);
  }

  @Test
  void aJudgementThatIsNoneNamesFileAndLine() throws IOException {
    write("corpus.jsonl", "{\"_id\":\"d1\",\"text\":\"a\"}");
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1 d1 2\n");
    assertThatThrownBy(() -> new BeirCollection(folder).judgements())
        .hasMessageContaining("test.tsv:2: wants query id, document id and a whole number");
  }

  @Test
  void aFolderWithoutCorpusIsRefused() {
    assertThatThrownBy(() -> new BeirCollection(folder))
        .hasMessage("--collection must be a folder with corpus.jsonl, got: " + folder);
  }

  private SolrInputDocument only(String corpus) throws IOException {
    write("corpus.jsonl", corpus);
    SolrInputDocument last = null;
    try (JsonLine.Reader lines = JsonLine.read(new BeirCollection(folder).corpus())) {
      for (JsonLine line : lines) {
        last = SolrDocuments.ofCorpus(line);
      }
    }
    return last;
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
