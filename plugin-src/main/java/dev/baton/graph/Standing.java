package dev.baton.graph;

import java.util.Map;
import java.util.Set;

/**
 * Why a name is known.
 *
 * @param curated whether a curated document has it as the name or an alias of an entity
 * @param read type to how many documents mention it as one; titles and untyped ones are left out
 * @param surfaces how it is written
 */
public record Standing(boolean curated, Map<String, Integer> read, Set<String> surfaces) {}
