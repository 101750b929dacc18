package dev.baton.tool;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The two measures by which ways of ranking are compared. */
enum Measure {
  NDCG10("ndcg@10", RankingQuality::ndcg10),
  RECALL5("recall@5", RankingQuality::recall5);

  private final String label;
  private final ToDoubleFunction<RankingQuality> value;

  Measure(String label, ToDoubleFunction<RankingQuality> value) {
    this.label = label;
    this.value = value;
  }

  /** As a user writes it. */
  String label() {
    return label;
  }

  double of(RankingQuality quality) {
    return value.applyAsDouble(quality);
  }

  /**
   * The measure of a label.
   *
   * @throws CollectionFormatException naming what there is
   */
  static Measure parse(String text) {
    return Arrays.stream(values())
        .filter(measure -> measure.label.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new CollectionFormatException(
                "--metric must be one of %s, got: %s"
                    .formatted(
                        Arrays.stream(values())
                            .map(Measure::label)
                            .collect(Collectors.joining(", ")),
                        text)));
  }
}
