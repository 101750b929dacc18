package dev.baton.search;

import java.util.Objects;
import org.apache.lucene.search.Query;

/**
 * A name in another language of an entity that the question names.
 *
 * @param entity its canonical id
 * @param surface how the question names it
 * @param name the alias id in the other language
 * @param documents those of the other language that write this name
 */
public record OtherName(String entity, String surface, String name, Query documents) {

  public OtherName {
    Objects.requireNonNull(entity);
    Objects.requireNonNull(surface);
    Objects.requireNonNull(name);
    Objects.requireNonNull(documents);
  }
}
