package dev.baton.search;

import dev.baton.fusion.Blend;
import dev.baton.fusion.Saturation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a question reaches documents of another language, which share no word and no vector space
 * with it: by the names there of the entities that it names. A document that writes one gets {@code
 * share * own}, with own as in {@link Blend}, L the saturated sum of its lexical scores for each
 * entity, and V its nearness to these names, put as a question of that language.
 *
 * @param share in [0, 1]
 * @param names in the other language; few
 * @param saturation of the lexical scores
 * @param vector of the names; empty where no model reads that language, or vectors are off
 * @param blend weights of words and vectors for questions of that language; not both 0
 */
public record OtherLanguage(
    double share,
    List<OtherName> names,
    Saturation saturation,
    Optional<VectorChannel> vector,
    Blend blend) {

  public OtherLanguage {
    Objects.requireNonNull(saturation);
    Objects.requireNonNull(vector);
    Objects.requireNonNull(blend);
    names = List.copyOf(names);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("otherLanguage must be in [0, 1], got: " + share);
    }
  }

  /** The same with some of the names. */
  OtherLanguage only(List<OtherName> some) {
    return new OtherLanguage(share, some, saturation, vector, blend);
  }

  /** What a document is granted, in [0, 1]. */
  double granted(double lexicalScore, double vectorScore) {
    return share * blend.own(saturation.apply(lexicalScore), vectorScore);
  }
}
