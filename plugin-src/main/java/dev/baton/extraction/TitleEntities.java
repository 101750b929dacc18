package dev.baton.extraction;

import dev.baton.text.EntityName;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entities that a document is about, by its title. */
public final class TitleEntities {

  private static final Pattern QUALIFIED = Pattern.compile("(.*\\S)\\s*\\([^()]*\\)");

  private TitleEntities() {}

  /**
   * The id of the title and, where the title ends in a parenthesis that tells it from its namesakes
   * ("Tarantella (novel)"), the id without it. Empty where the title names nothing.
   */
  public static List<String> about(String title) {
    String id = EntityName.normalize(title);
    if (id.isEmpty()) {
      return List.of();
    }
    Matcher qualified = QUALIFIED.matcher(id);
    String bare = qualified.matches() ? EntityName.normalize(qualified.group(1)) : "";
    return bare.isEmpty() || bare.equals(id) ? List.of(id) : List.of(id, bare);
  }
}
