package dev.baton.extraction;

import dev.baton.text.BareName;
import dev.baton.text.EntityName;
import dev.baton.text.Mention;
import java.util.OptionalDouble;

/**
 * A mention and the entity that it names.
 *
 * @param mention as it was found
 * @param entity id; empty where the surface names nothing
 * @param confidence that this entity of several that bear the name is meant, in [0, 1], 0 where
 *     none of them fitted and the id is the name itself; empty where the name has one bearer
 */
public record LinkedMention(Mention mention, String entity, OptionalDouble confidence) {

  /** The same mention of another entity, of which there is no doubt. */
  public LinkedMention of(String other) {
    return new LinkedMention(mention, other, OptionalDouble.empty());
  }

  /** Links a mention by nothing but its name, in the bare form; a date or a quantity to nothing. */
  static LinkedMention byName(Mention mention) {
    String entity =
        mention.value().isPresent()
            ? ""
            : BareName.of(mention.type(), EntityName.normalize(mention.surface()));
    return new LinkedMention(mention, entity, OptionalDouble.empty());
  }
}
