package dev.baton.extraction;

import dev.baton.graph.GraphView;
import dev.baton.text.BareName;
import dev.baton.text.EntityName;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entities that a document is about, by its title. */
public final class TitleEntities {

  private static final Pattern QUALIFIED = Pattern.compile("(.*\\S)\\s*\\([^()]*\\)");

  private TitleEntities() {}

  /**
   * The id of the title, and the id without what tells it from its namesakes ("Tarantella (novel)")
   * or says its legal form ("Apple Inc."). Empty where the title names nothing.
   */
  public static List<String> about(String title) {
    String id = EntityName.normalize(title);
    if (id.isEmpty()) {
      return List.of();
    }
    Matcher qualified = QUALIFIED.matcher(id);
    String bare =
        qualified.matches()
            ? EntityName.normalize(qualified.group(1))
            : BareName.withoutLegalForms(id);
    return bare.isEmpty() || bare.equals(id) ? List.of(id) : List.of(id, bare);
  }

  /**
   * The same, without the shorter id where the graph binds it to another entity that is told from
   * its namesakes in the same way: a document "Mercury (element)" is not about "Mercury (planet)",
   * though only that one is curated and the plain name means it.
   */
  public static List<String> about(String title, GraphView graph) {
    List<String> ids = about(title);
    if (ids.size() < 2) {
      return ids;
    }
    Set<String> meant = graph.resolve(ids.get(1));
    boolean another =
        !meant.isEmpty()
            && meant.stream().allMatch(id -> about(id).indexOf(ids.get(1)) == 1)
            && Collections.disjoint(meant, graph.resolve(ids.get(0)));
    return another ? ids.subList(0, 1) : ids;
  }
}
