package dev.baton.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.fusion.Saturation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Made-up channel scores of which the best weights are known. */
class TuningTest {

  private static final int QUESTIONS = 60;
  private static final double BEST_LEXICAL = 0.6;
  private static final Saturation SATURATION = new Saturation(15, 1.5);
  private static final QuerySettings CURRENT =
      QuerySettings.of(Map.of("weight.graph", "0.5"), List.of("en", "zh"));
  private static final Tuning.Grid GRID =
      new Tuning.Grid(
          IntStream.rangeClosed(0, 10).mapToObj(i -> i / 10.0).toList(),
          List.of(15.0),
          IntStream.rangeClosed(0, 10).mapToObj(i -> i / 10.0).toList(),
          List.of(0.95));

  /**
   * The first document of its best blend is the relevant one: by 0.6 of words in English, in
   * Chinese by vectors alone.
   */
  private static JudgedPool pool(int question, Random random) {
    boolean english = question % 2 == 0;
    double lexical = english ? BEST_LEXICAL : 0;
    List<ChannelScores> documents = new ArrayList<>();
    String best = "";
    double most = -1;
    for (int d = 0; d < 40; d++) {
      double words = random.nextDouble();
      double vector = random.nextDouble();
      documents.add(new ChannelScores("d" + d, SATURATION.invert(words), vector, 0));
      double score = lexical * words + (1 - lexical) * vector;
      if (score > most) {
        most = score;
        best = "d" + d;
      }
    }
    return new JudgedPool("q" + question, english ? "en" : "zh", documents, Map.of(best, 1));
  }

  private static List<JudgedPool> pools() {
    Random random = new Random(5);
    return IntStream.range(0, QUESTIONS).mapToObj(q -> pool(q, random)).toList();
  }

  private static Tuning tuning(List<JudgedPool> own, List<JudgedPool> graph) {
    Tuning.Pools pools =
        new Tuning.Pools() {
          @Override
          public List<JudgedPool> own() {
            return own;
          }

          @Override
          public List<JudgedPool> graph(QuerySettings.Own settings, double decay) {
            return graph;
          }
        };
    return new Tuning(pools, GRID, CURRENT, Measure.NDCG10);
  }

  @Test
  void recoversTheBestWeightOfEachLanguage() throws Exception {
    Tuning.Result result = tuning(pools(), pools()).run(5);
    assertThat(result.tuned().own().lexicalWeight())
        .containsEntry("en", BEST_LEXICAL)
        .containsEntry("zh", 0.0);
    assertThat(mean(result.seen())).isEqualTo(1);
    assertThat(mean(result.heldOut())).isGreaterThan(mean(result.current()) + 0.1);
  }

  @Test
  void theGraphGetsWeightWhereItLeadsToWhatIsRelevantAndNoneWhereItMisleads() throws Exception {
    List<JudgedPool> right = pools().stream().map(pool -> withGraph(pool, true)).toList();
    List<JudgedPool> wrong = pools().stream().map(pool -> withGraph(pool, false)).toList();
    QuerySettings helped = tuning(pools(), right).run(5).tuned();
    QuerySettings hurt = tuning(pools(), wrong).run(5).tuned();
    assertThat(helped.graphWeight().values()).allMatch(weight -> weight > 0);
    assertThat(hurt.graphWeight().values()).allMatch(weight -> weight < 0.5);
  }

  private static JudgedPool withGraph(JudgedPool pool, boolean toRelevant) {
    List<ChannelScores> documents =
        pool.documents().stream()
            .map(d ->
                new ChannelScores(
                    d.id(),
                    d.words() / 10,
                    d.vector() / 10,
                    pool.grades().containsKey(d.id()) == toRelevant ? 0.9 : 0))
            .toList();
    return new JudgedPool(pool.id(), pool.language(), documents, pool.grades());
  }

  @Test
  void heldOutQuestionsHaveNoSayInTheSettingsTheyAreRankedBy() throws Exception {
    int[] fold = Tuning.folds(QUESTIONS, 5);
    List<JudgedPool> fair = pools();
    List<QuerySettings> before = tuning(fair, fair).run(5).byFold();
    for (int f = 0; f < 5; f++) {
      List<JudgedPool> bent = new ArrayList<>(fair);
      for (int q = 0; q < QUESTIONS; q++) {
        if (fold[q] == f) {
          JudgedPool pool = fair.get(q);
          // Now the document with the most words is the relevant one.
          String most =
              pool.documents().stream()
                  .reduce((a, b) -> a.words() >= b.words() ? a : b)
                  .orElseThrow()
                  .id();
          bent.set(
              q, new JudgedPool(pool.id(), pool.language(), pool.documents(), Map.of(most, 1)));
        }
      }
      List<QuerySettings> after = tuning(bent, bent).run(5).byFold();
      assertThat(after.get(f)).as("fold " + f).isEqualTo(before.get(f));
    }
  }

  @Test
  void everyQuestionIsHeldOutOnceInFoldsOfOneSize() {
    int[] sizes = new int[7];
    for (int fold : Tuning.folds(101, 7)) {
      sizes[fold]++;
    }
    assertThat(IntStream.of(sizes).sum()).isEqualTo(101);
    assertThat(sizes).containsOnly(14, 15);
    assertThat(Tuning.folds(101, 7)).isEqualTo(Tuning.folds(101, 7));
  }

  @Test
  void currentSettingsWinAmongEqualOnes() throws Exception {
    List<JudgedPool> easy =
        pools().stream()
            .map(p -> {
              String only = p.documents().get(0).id();
              return new JudgedPool(
                  p.id(), p.language(), List.of(p.documents().get(0)), Map.of(only, 1));
            })
            .toList();
    Tuning.Result result = tuning(easy, easy).run(5);
    assertThat(result.tuned()).isEqualTo(CURRENT);
    assertThat(new TuningReport(Measure.NDCG10, CURRENT, 5, result).warnings())
        .anyMatch(warning -> warning.contains("keep them"));
  }

  @Test
  void aDifferenceThatMayBeChanceIsSaid() {
    double[] current = new double[60];
    double[] heldOut = new double[60];
    heldOut[3] = 1;
    heldOut[4] = 0.5;
    Tuning.Result result =
        new Tuning.Result(current, heldOut, List.of(CURRENT), CURRENT.withDecay(0.5), heldOut);
    TuningReport report = new TuningReport(Measure.NDCG10, CURRENT, 5, result);
    assertThat(report.warnings()).anyMatch(warning -> warning.contains("may be chance (p 0.5000)"));
    assertThat(report.snippet("mine"))
        .contains("<str name=\"decay\">0.5</str>")
        .contains("Warning: ")
        .endsWith("</queryParser>\n");
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  @Test
  void ordersAsSolrDoesByScoreAndThenById() {
    JudgedPool pool =
        new JudgedPool(
            "q",
            "en",
            List.of(
                new ChannelScores("b", 15, 0.5, 0),
                new ChannelScores("a", 15, 0.5, 0),
                new ChannelScores("c", 0, 0, 0.9)),
            Map.of("c", 1));
    QuerySettings lifted = CURRENT.withGraphWeight("en", 1);
    assertThat(lifted.quality(pool, Measure.NDCG10)).isCloseTo(1, within(1e-9));
    assertThat(CURRENT.withoutGraph().quality(pool, Measure.NDCG10)).isCloseTo(0.5, within(1e-9));
  }
}
