/**
 * Walks over the knowledge graph from a question to the entities that may answer it. Knows texts,
 * names and entities, no index: {@code search} gives it the first hits and turns the entities that
 * it reached into documents. Main type: {@link dev.baton.walk.Chain}.
 */
package dev.baton.walk;
