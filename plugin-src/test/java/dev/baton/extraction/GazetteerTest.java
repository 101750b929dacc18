package dev.baton.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GazetteerTest {

  private static final GraphState CURATED =
      graph(
          "curated_as 北京大学|ORG",
          "names 北京大学|ORG|北京大学",
          "alias_of 北大|北京大学",
          "names 北大|ORG|北大",
          "curated_as 呐喊|BOOK",
          "curated_as it|WORK",
          "names it|WORK|IT",
          "curated_as new york|LOC",
          "names new york|LOC|New York",
          "curated_as thing|ENTITY",
          "curated_as emma|WORK");

  /** Each as {@code field part|part}, said by one document. */
  static GraphState graph(String... terms) {
    GraphChanges changes = new GraphChanges();
    for (String term : terms) {
      String[] fieldAndTerm = term.split(" ", 2);
      changes.add(fieldAndTerm[0], fieldAndTerm[1].replace('|', '\t'), 1);
    }
    return GraphState.EMPTY.plus(changes);
  }

  static Mention mention(String text, String surface, String type) {
    int start = text.indexOf(surface);
    return new Mention(type, new Span(start, start + surface.length()), surface, 0.7);
  }

  private static List<String> merge(
      GraphState graph, Gazetteer.Names names, String text, Mention... read) {
    List<String> merged = new ArrayList<>();
    for (Mention mention : new Gazetteer(graph.folded(), names).merge(text, List.of(read))) {
      assertThat(mention.span().of(text)).isEqualTo(mention.surface());
      merged.add(mention.type() + " " + mention.surface());
    }
    return merged;
  }

  private static List<String> merge(String text, Mention... read) {
    return merge(CURATED, Gazetteer.Names.CURATED, text, read);
  }

  @Test
  void curatedNamesAndAliasesThatNoModelFoundAreMentions() {
    assertThat(merge("他考上了北大，後來在北京大學教書。")).containsExactly("ORG 北大", "ORG 北京大學");
    assertThat(merge(CURATED, Gazetteer.Names.NONE, "他考上了北大。")).isEmpty();
  }

  @Test
  void theLongerOfTwoSpansStays() {
    String text = "北京大学出版社在北京大学旁边";
    assertThat(
            merge(
                text,
                mention(text, "北京大学出版社", "ORG"),
                new Mention("LOC", new Span(8, 10), "北京", 0.9)))
        .containsExactly("ORG 北京大学出版社", "ORG 北京大学");
  }

  @Test
  void aNameThatCutsThroughAMentionIsDropped() {
    String text = "他去北京大学城看房";
    assertThat(merge(text, mention(text, "大学城", "LOC"))).containsExactly("LOC 大学城");
  }

  @Test
  void theSameSpanIsOneMentionOfTheCuratedTypeAndTheHigherConfidence() {
    String text = "她到了New York。";
    List<Mention> merged =
        new Gazetteer(CURATED.folded(), Gazetteer.Names.CURATED)
            .merge(text, List.of(mention(text, "New York", "ORG")));
    assertThat(merged).containsExactly(new Mention("LOC", new Span(3, 11), "New York", 0.9));
    String untyped = "The Thing came.";
    assertThat(merge(untyped, mention(untyped, "Thing", "PER"))).containsExactly("PER Thing");
  }

  @Test
  void aTitleInBracketsStaysAsItIs() {
    String text = "《呐喊》和《北京大学史》";
    assertThat(merge(text, mention(text, "呐喊", "WORK"), mention(text, "北京大学史", "WORK")))
        .containsExactly("WORK 呐喊", "WORK 北京大学史");
  }

  @Test
  void shortEnglishNamesCountOnlyAsTheyAreWrittenSomewhere() {
    assertThat(merge("It was late when she read IT.")).containsExactly("WORK IT");
    assertThat(merge("all of it in new york")).isEmpty();
  }

  @Test
  void learnedNamesCountWhenSeveralDocumentsAgreeAndTheyAreNotShort() {
    GraphChanges changes = new GraphChanges();
    changes.add("names", "张爱玲\tPER\t张爱玲", 3);
    changes.add("names", "上海滩\tLOC\t上海滩", 2);
    changes.add("names", "高明\tPER\t高明", 9);
    changes.add("names", "jane austen\tPER\tJane Austen", 4);
    changes.add("names", "will\tPER\tWill", 9);
    changes.add("names", "the river\tLOC\tThe River", 3);
    changes.add("names", "the river\tORG\tThe River", 2);
    GraphState learned = GraphState.EMPTY.plus(changes);
    String text = "高明的张爱玲在上海滩。 Will Jane Austen cross The River?";
    assertThat(merge(learned, Gazetteer.Names.ALL, text))
        .containsExactly("PER 张爱玲", "PER Jane Austen");
    assertThat(merge(learned, Gazetteer.Names.CURATED, text)).isEmpty();
  }

  @Test
  void aLearnedNameNeverReplacesAMention() {
    GraphChanges changes = new GraphChanges();
    changes.add("names", "jane austen\tPER\tJane Austen", 4);
    String text = "He read Jane Austen.";
    assertThat(
            merge(
                GraphState.EMPTY.plus(changes),
                Gazetteer.Names.ALL,
                text,
                mention(text, "Jane", "LOC")))
        .containsExactly("LOC Jane");
  }
}
