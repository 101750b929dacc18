package dev.baton.search;

import java.io.IOException;
import java.util.OptionalDouble;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.util.IOSupplier;

/** What words score in documents of one segment, asked for in increasing order. Not thread-safe. */
final class WordScores {

  private final GatheredScorer gathered;
  private final IOSupplier<Scorer> others;
  private boolean opened;
  private Scorer other;

  /**
   * @param gathered the documents whose scores are known
   * @param others those and all others; gives null for none
   */
  WordScores(GatheredScorer gathered, IOSupplier<Scorer> others) {
    this.gathered = gathered;
    this.others = others;
  }

  /** Empty where the words do not match. */
  OptionalDouble of(int doc) throws IOException {
    if (isAt(gathered, doc)) {
      return OptionalDouble.of(gathered.score());
    }
    if (!opened) {
      opened = true;
      other = others.get();
    }
    return other != null && isAt(other, doc)
        ? OptionalDouble.of(other.score())
        : OptionalDouble.empty();
  }

  private static boolean isAt(Scorer scorer, int doc) throws IOException {
    return (scorer.docID() < doc ? scorer.iterator().advance(doc) : scorer.docID()) == doc;
  }
}
