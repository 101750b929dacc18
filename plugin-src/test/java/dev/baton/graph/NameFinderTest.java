package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.text.EntityName;
import org.junit.jupiter.api.Test;

class NameFinderTest {

  private static NameFinder of(String... names) {
    GraphChanges changes = new GraphChanges();
    for (String name : names) {
      changes.add(GraphTerms.ENTITIES, EntityName.normalize(name), 1);
    }
    return new NameFinder(GraphState.EMPTY.plus(changes));
  }

  @Test
  void longestNameWinsAndSpansAreExact() {
    String text = "She left New York City for York.";
    assertThat(of("New York", "New York City", "York", "City").find(text))
        .extracting(NameFinder.Found::surface)
        .containsExactly("New York City", "York");
    assertThat(of("York").find(text))
        .allSatisfy(found -> assertThat(found.span().of(text)).isEqualTo(found.surface()))
        .hasSize(2);
  }

  @Test
  void englishNamesNeedWordBoundariesAndAnUpperCaseLetter() {
    NameFinder finder = of("Ring", "Art");
    assertThat(finder.find("They ring the bell. Arthur sees the Ringing.")).isEmpty();
    assertThat(finder.find("The film Ring is Art."))
        .extracting(NameFinder.Found::surface)
        .containsExactly("Ring", "Art");
  }

  @Test
  void questionWithoutUpperCaseIsSearchedForLongerNames() {
    NameFinder finder = of("George Orwell", "It");
    assertThat(finder.find("who was it that george orwell married"))
        .extracting(NameFinder.Found::surface)
        .containsExactly("george orwell");
  }

  @Test
  void chineseNamesAreFoundInsideRunningTextAlsoTraditional() {
    String text = "他在清華大學讀書，後來寫《邊城》。";
    assertThat(of("清华大学", "边城", "大学", "他").find(text))
        .extracting(NameFinder.Found::surface)
        .containsExactly("清華大學", "邊城");
  }

  @Test
  void surrogatePairsAndAnEmptyGraphDoNoHarm() {
    assertThat(of("𠮷野家").find("去𠮷野家吃😀饭"))
        .extracting(NameFinder.Found::surface)
        .containsExactly("𠮷野家");
    assertThat(new NameFinder(GraphState.EMPTY).find("George Orwell")).isEmpty();
  }
}
