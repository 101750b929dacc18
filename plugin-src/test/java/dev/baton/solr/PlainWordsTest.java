package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainWordsTest {

  @Test
  void operatorsBecomeBlanksAndLogicalWordsPlainOnes() {
    assertThat(PlainWords.of("Who is X?")).isEqualTo("Who is X ");
    assertThat(PlainWords.of("title:a -b (c) NOT d AND e")).isEqualTo("title a  b  c  not d and e");
  }

  @Test
  void quotesStayOnlyWhereTheyAreBalanced() {
    assertThat(PlainWords.of("the \"red mansions\" novel")).isEqualTo("the \"red mansions\" novel");
    assertThat(PlainWords.of("6\" disk")).isEqualTo("6  disk");
  }
}
