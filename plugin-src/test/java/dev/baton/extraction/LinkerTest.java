package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphState;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkerTest {

  private static final GraphState GRAPH =
      GazetteerTest.graph(
          "curated_as mercury (planet)|LOC",
          "curated_as mercury (element)|SUBSTANCE",
          "curated_as freddie mercury|PER",
          "alias_of mercury|mercury (planet)",
          "alias_of mercury|mercury (element)",
          "alias_of mercury|freddie mercury",
          "names mercury|LOC|Mercury",
          "triples mercury (planet)|orbits|sun",
          "triples freddie mercury|member of|queen",
          "curated_as apple inc.|ORG",
          "alias_of apple|apple inc.");

  private static final float[] UP = {1, 0};
  private static final float[] RIGHT = {0, 1};

  private record Known(Map<String, float[]> vectors) implements Knowledge {
    @Override
    public FoldedGraph graph() {
      return GRAPH.folded();
    }

    @Override
    public Optional<float[]> description(String entity, Language language) {
      return Optional.ofNullable(vectors.get(entity));
    }
  }

  private static List<LinkedMention> link(
      Map<String, float[]> vectors, float[] embedding, String text, String... typesAndSurfaces) {
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < typesAndSurfaces.length; i += 2) {
      mentions.add(GazetteerTest.mention(text, typesAndSurfaces[i + 1], typesAndSurfaces[i]));
    }
    return new Linker(new Known(vectors)).link(text, Language.EN, List.of(), mentions, embedding);
  }

  private static List<String> entities(List<LinkedMention> linked) {
    return linked.stream().map(LinkedMention::entity).toList();
  }

  @Test
  void neighboursInTheDocumentDecide() {
    List<LinkedMention> linked =
        link(Map.of(), null, "Mercury sang with Queen.", "ENTITY", "Mercury", "ORG", "Queen");
    assertThat(entities(linked)).containsExactly("freddie mercury", "queen");
    assertThat(linked.get(0).confidence().getAsDouble()).isBetween(0.5, 1.0);
    assertThat(linked.get(0).mention().type()).isEqualTo("PER");
    assertThat(linked.get(1).confidence()).isEmpty();
  }

  @Test
  void aFullNameInTheDocumentDecides() {
    assertThat(
            entities(
                link(
                    Map.of(),
                    null,
                    "Freddie Mercury died young; Mercury was 45.",
                    "PER",
                    "Freddie Mercury",
                    "ENTITY",
                    "Mercury")))
        .containsExactly("freddie mercury", "freddie mercury");
  }

  @Test
  void wordsOfTheQualifierDecide() {
    assertThat(entities(link(Map.of(), null, "The planet Mercury.", "ENTITY", "Mercury")))
        .containsExactly("mercury (planet)");
  }

  @Test
  void theNearestDescriptionDecides() {
    Map<String, float[]> vectors = Map.of("mercury (planet)", UP, "mercury (element)", RIGHT);
    assertThat(entities(link(vectors, UP, "Mercury is hot.", "ENTITY", "Mercury")))
        .containsExactly("mercury (planet)");
    assertThat(entities(link(vectors, RIGHT, "Mercury is hot.", "ENTITY", "Mercury")))
        .containsExactly("mercury (element)");
  }

  @Test
  void whereNoneFitsTheMentionKeepsThePlainName() {
    Map<String, float[]> vectors =
        Map.of("mercury (planet)", UP, "mercury (element)", UP, "freddie mercury", UP);
    List<LinkedMention> linked = link(vectors, RIGHT, "The Mercury of Hobart.", "ORG", "Mercury");
    assertThat(entities(linked)).containsExactly("mercury");
    assertThat(linked.get(0).confidence()).hasValue(0);
  }

  @Test
  void aNameWithOneBearerIsLeftToTheView() {
    List<LinkedMention> linked = link(Map.of(), null, "Apple rose.", "ORG", "Apple");
    assertThat(entities(linked)).containsExactly("apple");
    assertThat(linked.get(0).confidence()).isEmpty();
  }

  @Test
  void curatedNamesKeepTheirSpellingOthersAreBare() {
    String text = "Apple Inc. sued Foo Inc. and Mr. Darcy.";
    assertThat(
            entities(
                link(
                    Map.of(),
                    null,
                    text,
                    "ORG",
                    "Apple Inc.",
                    "ORG",
                    "Foo Inc.",
                    "PER",
                    "Mr. Darcy")))
        .containsExactly("apple inc.", "foo", "darcy");
  }
}
