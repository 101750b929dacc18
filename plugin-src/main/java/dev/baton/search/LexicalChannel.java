package dev.baton.search;

import dev.baton.fusion.Saturation;
import java.util.Objects;
import org.apache.lucene.search.Query;

/**
 * Scores documents by words: a Lucene query whose unbounded scores are saturated to [0, 1).
 *
 * @param depth of so many of the best candidates the vectors count, too; at least 1
 * @param counted so many matches will be gone through, to count them or by facets; they are
 *     gathered in one go. {@link Integer#MAX_VALUE} for all. Changes no score and no hit
 */
public record LexicalChannel(Query query, Saturation saturation, int depth, int counted) {

  public LexicalChannel {
    Objects.requireNonNull(query);
    Objects.requireNonNull(saturation);
    if (depth < 1) {
      throw new IllegalArgumentException("lexicalDepth must be at least 1, got: " + depth);
    }
  }
}
