package dev.baton.extraction;

import static org.assertj.core.api.BDDAssertions.then;

import dev.baton.extraction.relations.RelationRules;
import dev.baton.extraction.values.ValueFinder;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.MentionMerge;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentRelationsTest {

  private static final RelationRules RULES =
      RelationRules.parse(
          "relations.txt",
          """
          relation author WORK > PER
          label en author
          label zh 作者
          en 0.9 <S> is a novel by <O>
          en 0.5 <S> by <O>
          en 0.8 ^ it was written by <O>
          relation published WORK > DATE
          label en published
          label zh 发表时间
          en 0.8 ^ it was published in <O>
          relation spouse PER - PER
          label en spouse
          label zh 配偶
          en 0.9 <S> married <O>
          """);

  /** The mentions are the given names, each of a type, wherever they stand. */
  private static List<FoundTriple> found(String title, String body, String... typesAndNames) {
    SourceText text = new SourceText.Builder().add("title", 0, title).add("body", 0, body).build();
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < typesAndNames.length; i += 2) {
      String name = typesAndNames[i + 1];
      for (int at = text.text().indexOf(name);
          at >= 0;
          at = text.text().indexOf(name, at + name.length())) {
        mentions.add(new Mention(typesAndNames[i], new Span(at, at + name.length()), name, 0.5));
      }
    }
    mentions.sort((a, b) -> a.span().start() - b.span().start());
    List<Mention> all = MentionMerge.prefer(mentions, ValueFinder.find(text.text(), Language.EN));
    return DocumentRelations.of(
        RULES,
        text,
        Language.EN,
        title,
        TitleEntities.about(title),
        all.stream().map(LinkedMention::byName).toList());
  }

  private static List<String> triples(List<FoundTriple> found) {
    return found.stream()
        .map(one ->
            one.subject().entity()
                + "|"
                + one.relation()
                + "|"
                + one.value().map(value -> value.value()).orElse(one.object().entity()))
        .toList();
  }

  @Test
  void theTitleIsRecognisedWhereItIsWritten() {
    List<FoundTriple> found =
        found("Dracula (novel)", "Dracula is a novel by Bram Stoker.", "PER", "Bram Stoker");
    then(triples(found)).containsExactly("dracula (novel)|author|bram stoker");
    FoundTriple triple = found.get(0);
    then(triple.place().part().field()).isEqualTo("body");
    then(triple.place().span()).isEqualTo(new Span(0, 33));
    then(triple.subject().span()).contains(new Span(0, 7));
    then(triple.object().span()).contains(new Span(22, 33));
    then(triple.confidence()).isEqualTo(0.9 * 0.5);
    then(triple.pattern()).isEqualTo("en <S> is a novel by <O>");
  }

  @Test
  void theTitleIsTheSubjectOfWhatNamesNone() {
    List<FoundTriple> found =
        found("Dracula", "A novel. It was written by Bram Stoker.", "PER", "Bram Stoker");
    then(triples(found)).containsExactly("dracula|author|bram stoker");
    then(found.get(0).subject().span()).isEmpty();
    then(found.get(0).confidence()).isEqualTo(0.8 * 0.5);
    then(found("", "It was written by Bram Stoker.", "PER", "Bram Stoker")).isEmpty();
  }

  @Test
  void aTitleThatIsAPersonWasNotWritten() {
    then(found("Ada", "It was written by Bram Stoker.", "PER", "Bram Stoker", "PER", "Ada"))
        .isEmpty();
  }

  @Test
  void aTitleThatIsAPlaceMarriesNobody() {
    then(found("Paris", "Zoe married Paris.", "PER", "Zoe", "LOC", "Paris")).isEmpty();
    then(triples(found("Paris", "Paris by Zoe.", "PER", "Zoe", "LOC", "Paris")))
        .containsExactly("paris|author|zoe");
  }

  @Test
  void aDateIsAValue() {
    List<FoundTriple> found = found("Dracula", "It was published in May 1897.");
    then(triples(found)).containsExactly("dracula|published|1897-05");
    then(found.get(0).object().entity()).isEmpty();
  }

  @Test
  void theTitleWithinALongerNameIsNotIt() {
    then(triples(
            found(
                "Dracula",
                "Dracula Rising by Ann Lee.",
                "PER",
                "Ann Lee",
                "WORK",
                "Dracula Rising")))
        .containsExactly("dracula rising|author|ann lee");
    then(found("Drac", "Dracula by Ann Lee.", "PER", "Ann Lee")).isEmpty();
  }

  @Test
  void aTripleIsGivenOnceByItsSurestMatch() {
    List<FoundTriple> found =
        found(
            "Dracula",
            "Dracula by Bram Stoker. Dracula is a novel by Bram Stoker.",
            "PER",
            "Bram Stoker");
    then(triples(found)).containsExactly("dracula|author|bram stoker");
    then(found.get(0).place().span().start()).isEqualTo(24);
  }

  @Test
  void whatHoldsInBothDirectionsIsOneTriple() {
    List<FoundTriple> found =
        found("", "Zoe married Abe. Abe married Zoe.", "PER", "Zoe", "PER", "Abe");
    then(triples(found)).containsExactly("abe|spouse|zoe");
    then(found.get(0).subject().surface()).isEqualTo("Abe");
  }

  @Test
  void nothingIsItsOwnAuthor() {
    then(found("Ada", "Ada by Ada.", "PER", "Ada")).isEmpty();
  }
}
