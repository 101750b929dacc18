package dev.baton.tool.curated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RdfKnowledgeTest {

  private static final String PREFIXES =
      """
      @prefix ex: <http://example.org/> .
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      @prefix owl: <http://www.w3.org/2002/07/owl#> .
      @prefix schema: <https://schema.org/> .
      """;

  @TempDir private Path folder;

  @Test
  void namesAliasesTypeAndDescriptionBecomeAnEntity() throws IOException {
    Gathered read =
        turtle(
            """
            ex:luxun a schema:Person ;
              rdfs:label "Lu Xun"@en, "鲁迅"@zh-Hans, "Lou Sin"@fr ;
              skos:altLabel "周树人"@zh, "Zhou Shuren"@en ;
              rdfs:comment "A writer."@en, "作家。"@zh .
            """);
    assertThat(read.values("entity", "id", "name", "entity_type", "aliases", "description"))
        .containsExactly(
            List.of(
                "entity:http://example.org/luxun",
                "鲁迅",
                "PER",
                List.of("Lu Xun", "周树人", "Zhou Shuren"),
                "作家。"));
    assertThat(read.leftOut)
        .containsOnly(
            Map.entry("a name in another language than zh and en", 1),
            Map.entry("a second description of an entity", 1));
  }

  @Test
  void theLanguageAskedForComesFirst() throws IOException {
    write("a.ttl", PREFIXES + "ex:a rdfs:label \"鲁迅\"@zh, \"Lu Xun\"@en .");
    Gathered read = Gathered.of(new RdfKnowledge(List.of(file("a.ttl", RdfSyntax.TURTLE)), "en"));
    assertThat(read.values("entity", "name", "aliases"))
        .containsExactly(List.of("Lu Xun", List.of("鲁迅")));
  }

  @Test
  void relationsAreCalledByTheirLabelElseByTheEndOfTheirIri() throws IOException {
    Gathered read =
        turtle(
            """
            ex:nahan ex:P50 ex:luxun ; ex:firstPublisher <http://dbpedia.org/resource/New_Tide%21> .
            ex:P50 a rdf:Property ; rdfs:label "作者"@zh .
            ex:nahan rdfs:label "呐喊" .
            ex:luxun rdfs:label "鲁迅" .
            """);
    assertThat(read.triples())
        .containsExactly(List.of("呐喊", "作者", "鲁迅"), List.of("呐喊", "firstPublisher", "New Tide!"));
    assertThat(read.values("entity", "name")).containsExactly(List.of("呐喊"), List.of("鲁迅"));
  }

  @Test
  void namesakesGetIdsOfTheirOwn() throws IOException {
    Gathered read =
        turtle(
            """
            ex:Mercury_planet rdfs:label "Mercury" ; ex:orbits ex:Sun .
            ex:Mercury_element rdfs:label "mercury" .
            """);
    assertThat(read.values("entity", "name", "entity_id"))
        .containsExactly(
            List.of("Mercury", "Mercury (Mercury planet)"),
            List.of("mercury", "mercury (Mercury element)"));
    assertThat(read.triples())
        .containsExactly(List.of("Mercury (Mercury planet)", "orbits", "Sun"));
  }

  @Test
  void whatIsTheSameIsOneEntityWithTheNamesOfBoth() throws IOException {
    Gathered read =
        turtle(
            """
            ex:a rdfs:label "鲁迅"@zh . ex:b rdfs:label "Lu Xun"@en ; ex:wrote ex:c .
            ex:b owl:sameAs ex:a, <http://www.wikidata.org/entity/Q23114> .
            """);
    assertThat(read.values("entity", "id", "name", "aliases"))
        .containsExactly(List.of("entity:http://example.org/a", "鲁迅", List.of("Lu Xun")));
    assertThat(read.triples()).containsExactly(List.of("鲁迅", "wrote", "c"));
    assertThat(read.leftOut)
        .containsOnly(Map.entry("owl:sameAs with something of which the files say nothing", 1));
  }

  @Test
  void whatIsDifferentStaysTwoEntities() throws IOException {
    Gathered read =
        turtle(
            """
            ex:a rdfs:label "Paris"@en . ex:b rdfs:label "Paris"@en .
            ex:a owl:differentFrom ex:b, "Paris" .
            """);
    assertThat(read.values("different_from", "subject", "object"))
        .containsExactly(List.of("Paris (a)", "Paris (b)"));
    assertThat(read.leftOut)
        .containsOnly(Map.entry("owl:differentFrom with something that is no entity", 1));
  }

  @Test
  void whatHasNoPlaceIsCountedWithItsReason() throws IOException {
    Gathered read =
        turtle(
            """
            ex:a ex:born "1881-09-25" ; ex:knows [ rdfs:label "somebody" ] .
            ex:Writer rdfs:subClassOf schema:Person .
            ex:a rdfs:seeAlso ex:page ; schema:url <http://example.org/page.html> .
            """);
    assertThat(read.documents).isEmpty();
    assertThat(read.leftOut)
        .containsOnly(
            Map.entry("a literal is no entity, and facts are not curated: born", 1),
            Map.entry("a blank node has no name that lasts", 2),
            Map.entry("a page is no entity: url", 1),
            Map.entry("a statement about words: seeAlso", 1),
            Map.entry("a statement about words: subClassOf", 1));
  }

  @Test
  void aFaultOfTurtleNamesItsLine() throws IOException {
    Gathered read = turtle("ex:a rdfs:label \"A\" .\nex:b rdfs:label \"B .\nex:c ex:d ex:e .\n");
    assertThat(read.faults).hasSize(1);
    assertThat(read.faults.get(0))
        .startsWith(folder.resolve("a.ttl") + ":8: not TURTLE:")
        .endsWith("the rest of the file is not read");
    assertThat(read.values("entity", "name")).containsExactly(List.of("A"));
  }

  @Test
  void aBrokenLineOfNTriplesCostsItselfAlone() throws IOException {
    write(
        "a.nt",
        """
        <http://x/a> <http://x/r> <http://x/b> .
        <http://x/a> <http://x/r> .
        this is nothing
        <http://x/a> <http://x/r> <http://x/c> .
        <http://x/a> <http://www.w3.org/2000/01/rdf-schema#label> "bell\\u0007" .
        """);
    Gathered read = Gathered.of(new RdfKnowledge(List.of(file("a.nt", RdfSyntax.N_TRIPLES)), "zh"));
    assertThat(read.triples()).containsExactly(List.of("a", "r", "b"), List.of("a", "r", "c"));
    assertThat(read.documents.get(1).place().line()).isEqualTo(4);
    assertThat(read.faults)
        .satisfiesExactly(
            fault -> assertThat(fault).contains("a.nt:2: not N_TRIPLES:"),
            fault -> assertThat(fault).contains("a.nt:3: not N_TRIPLES:"),
            fault -> assertThat(fault).contains("a.nt:5: name has the control character U+0007"));
  }

  @Test
  void aByteOrderMarkAndCarriageReturnsDoNoHarm() throws IOException {
    write("a.ttl", "\uFEFF" + (PREFIXES + "ex:a ex:r ex:b .\n").replace("\n", "\r\n"));
    write("b.nt", "\uFEFF<http://x/c> <http://x/r> <http://x/d> .\r\n");
    Gathered read =
        Gathered.of(
            new RdfKnowledge(
                List.of(file("a.ttl", RdfSyntax.TURTLE), file("b.nt", RdfSyntax.N_TRIPLES)), "zh"));
    assertThat(read.faults).isEmpty();
    assertThat(read.triples()).containsExactly(List.of("a", "r", "b"), List.of("c", "r", "d"));
  }

  @Test
  void aNameInOneFileCountsInAnother() throws IOException {
    write("a.nt", "<http://x/a> <http://x/r> <http://x/b> .\n");
    write("b.ttl", PREFIXES + "<http://x/b> rdfs:label \"鲁迅\" .");
    Gathered read =
        Gathered.of(
            new RdfKnowledge(
                List.of(file("a.nt", RdfSyntax.N_TRIPLES), file("b.ttl", RdfSyntax.TURTLE)), "zh"));
    assertThat(read.triples()).containsExactly(List.of("a", "r", "鲁迅"));
  }

  private Gathered turtle(String text) throws IOException {
    write("a.ttl", PREFIXES + text);
    return Gathered.of(new RdfKnowledge(List.of(file("a.ttl", RdfSyntax.TURTLE)), "zh"));
  }

  private void write(String name, String... text) throws IOException {
    Files.write(folder.resolve(name), Arrays.asList(text), StandardCharsets.UTF_8);
  }

  private RdfFile file(String name, RdfSyntax syntax) {
    return new RdfFile(folder.resolve(name), syntax, Files::newInputStream);
  }
}
