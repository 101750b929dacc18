package dev.baton.solr;

import dev.baton.config.SettingsException;
import dev.baton.extraction.ModelReaderFactory;
import dev.baton.extraction.TextReader;
import dev.baton.extraction.TextReaderFactory;
import dev.baton.onnx.ModelException;
import dev.baton.text.Language;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CloseHook;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.schema.DenseVectorField;
import org.apache.solr.schema.FieldType;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;
import org.apache.solr.util.plugin.SolrCoreAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads documents with models while they are indexed. Stands before the DistributedUpdateProcessor,
 * so that a document is read once, on the node that receives it. The settings are those of {@link
 * EnrichmentSettings} and of the readers; a core with a fault in them does not load.
 */
public class EnrichmentUpdateProcessorFactory extends UpdateRequestProcessorFactory
    implements SolrCoreAware {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final TextReaderFactory readerFactory;
  private EnrichmentSettings settings;
  private Map<Language, TextReader> readers = Map.of();
  private DocumentEnricher enricher;
  private StoredDocuments storedDocuments;
  private PendingDocuments pending;

  /** With the models that the settings name. */
  public EnrichmentUpdateProcessorFactory() {
    this(new ModelReaderFactory());
  }

  /** With readers of another make. */
  protected EnrichmentUpdateProcessorFactory(TextReaderFactory readerFactory) {
    this.readerFactory = readerFactory;
  }

  @Override
  public void init(NamedList<?> args) {
    Map<String, Object> values = new LinkedHashMap<>();
    args.forEach((name, value) ->
        values.put(name, value instanceof NamedList<?> list ? list.asShallowMap() : value));
    values.computeIfPresent(
        EnrichmentSettings.CLASSIFIERS, (name, sections) -> withSections(sections));
    try {
      settings = EnrichmentSettings.parse(values, readerFactory.settingNames());
    } catch (SettingsException e) {
      throw refusal(e.faults());
    }
  }

  private static Object withSections(Object sections) {
    if (!(sections instanceof Map<?, ?> map)) {
      return sections;
    }
    Map<Object, Object> byName = new LinkedHashMap<>();
    map.forEach((name, section) ->
        byName.put(name, section instanceof NamedList<?> list ? list.asShallowMap() : section));
    return byName;
  }

  @Override
  public void inform(SolrCore core) {
    Map<Language, TextReader> readers = new EnumMap<>(Language.class);
    DocumentClassifiers classifiers = null;
    boolean opened = false;
    try {
      openReaders(readers);
      List<String> faults = new ArrayList<>();
      classifiers = DocumentClassifiers.open(settings.classifiers(), faults);
      faults.addAll(schemaFaults(core.getLatestSchema(), readers));
      faults.addAll(classifiers.schemaFaults(core.getLatestSchema(), taken()));
      if (core.getRequestHandler("/get") == null) {
        faults.add("the request handler /get is missing; it reads the stored documents");
      }
      if (!faults.isEmpty()) {
        throw refusal(faults);
      }
      opened = true;
    } finally {
      if (!opened) {
        close(readers, classifiers);
      }
    }
    this.readers = Map.copyOf(readers);
    EnrichmentMetrics metrics = new EnrichmentMetrics(core);
    enricher = new DocumentEnricher(settings, readers, classifiers, metrics);
    storedDocuments = new StoredDocuments(core);
    if (settings.pendingRetrySeconds() > 0) {
      pending = new PendingDocuments(core, this, settings, enricher, metrics);
    }
    DocumentClassifiers toClose = classifiers;
    core.addCloseHook(
        new CloseHook() {
          @Override
          public void preClose(SolrCore closing) {
            if (pending != null) {
              pending.close();
            }
          }

          @Override
          public void postClose(SolrCore closed) {
            metrics.close();
            close(readers, toClose);
          }
        });
  }

  private static void close(Map<Language, TextReader> readers, DocumentClassifiers classifiers) {
    readers.values().forEach(TextReader::close);
    if (classifiers != null) {
      classifiers.close();
    }
  }

  /** Fields that no classifier may write. */
  private Set<String> taken() {
    Set<String> taken = new HashSet<>(EnrichmentFields.written());
    taken.addAll(PartialUpdate.inputs(settings.sourceFields()));
    return taken;
  }

  /** The open readers by language; empty before the core is known. */
  Map<Language, TextReader> readers() {
    return readers;
  }

  /** What reads pending documents again; null where that is switched off. */
  PendingDocuments pending() {
    return pending;
  }

  @Override
  public UpdateRequestProcessor getInstance(
      SolrQueryRequest request, SolrQueryResponse response, UpdateRequestProcessor next) {
    return new EnrichmentUpdateProcessor(settings, enricher, storedDocuments, request, next);
  }

  private void openReaders(Map<Language, TextReader> readers) {
    List<String> faults = new ArrayList<>();
    for (Language language : settings.languages()) {
      try {
        readers.put(language, readerFactory.open(language, settings.reader()));
      } catch (SettingsException e) {
        e.faults().stream().filter(fault -> !faults.contains(fault)).forEach(faults::add);
      } catch (ModelException e) {
        log.error("The reader of {} cannot be opened", language, e);
        faults.add(e.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      throw refusal(faults);
    }
  }

  private List<String> schemaFaults(IndexSchema schema, Map<Language, TextReader> readers) {
    List<String> faults = new ArrayList<>();
    List<String> needed = new ArrayList<>(EnrichmentFields.written());
    for (Language language : Language.values()) {
      if (!readers.containsKey(language)) {
        needed.remove(EnrichmentFields.embedding(language));
      }
    }
    needed.addAll(settings.sourceFields());
    needed.addAll(List.of(EnrichmentFields.LANG, EnrichmentFields.KIND));
    for (String field : needed) {
      if (schema.getFieldOrNull(field) == null) {
        faults.add("the schema has no field '" + field + "'");
      }
    }
    if (schema.getUniqueKeyField() == null) {
      faults.add("the schema has no uniqueKey");
    }
    readers.forEach((language, reader) -> {
      SchemaField field = schema.getFieldOrNull(EnrichmentFields.embedding(language));
      if (field != null) {
        dimensionFault(field, reader, faults);
      }
    });
    return faults;
  }

  private static void dimensionFault(SchemaField field, TextReader reader, List<String> faults) {
    FieldType type = field.getType();
    if (!(type instanceof DenseVectorField vectors)) {
      faults.add("Field '" + field.getName() + "' must be a DenseVectorField, is: " + type);
    } else if (vectors.getDimension() != reader.dimension()) {
      faults.add(
          "Field '"
              + field.getName()
              + "' has dimension "
              + vectors.getDimension()
              + ", model '"
              + reader.model()
              + "' makes "
              + reader.dimension());
    }
  }

  private static SolrException refusal(List<String> faults) {
    return new SolrException(
        SolrException.ErrorCode.SERVER_ERROR, "Enrichment: " + String.join("; ", faults));
  }
}
