package dev.baton.reasoning.mining;

import dev.baton.graph.Triple;
import dev.baton.reasoning.mining.Body.Reached;
import java.util.ArrayList;
import java.util.List;

/**
 * What speaks for a mined rule and what does not.
 *
 * @param found triples that it predicts and that are known
 * @param predicted triples that it predicts and that are new
 */
public record RuleExamples(List<Triple> found, List<Triple> predicted) {

  /** At most so many of each, in the order of the entities' names. */
  public static RuleExamples of(TripleTable table, MinedRule mined, int limit) {
    List<Triple> found = new ArrayList<>();
    List<Triple> predicted = new ArrayList<>();
    Reached reached = new Reached(table.entities());
    int relation = table.relation(mined.relation());
    for (int from = 0; from < table.entities(); from++) {
      int subject = from;
      mined
          .body()
          .reach(
              table,
              from,
              reached,
              to -> {
                List<Triple> list = table.has(2 * relation, subject, to) ? found : predicted;
                if (list.size() < limit) {
                  list.add(
                      new Triple(
                          table.entityName(subject), mined.relation(), table.entityName(to)));
                }
              });
    }
    return new RuleExamples(List.copyOf(found), List.copyOf(predicted));
  }
}
