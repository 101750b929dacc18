package dev.baton.solr;

/** The enrichment with {@link ScriptedReaders}. */
public class ScriptedEnrichmentFactory extends EnrichmentUpdateProcessorFactory {

  public ScriptedEnrichmentFactory() {
    super(new ScriptedReaders());
  }
}
