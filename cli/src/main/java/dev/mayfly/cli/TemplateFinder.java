package dev.mayfly.cli;

import java.io.IOException;

/**
 * Gets the template that was typed, wherever it is.
 *
 * @param list the built-in ones
 * @param surroundings what a folder's path starts from, and whom git may ask
 */
record TemplateFinder(TemplateList list, Surroundings surroundings) {
    /** What is done with a template. */
    interface Use {
        void of(Template template) throws IOException;
    }

    /**
     * Opens it, uses it and closes it.
     *
     * @param text as typed
     * @throws StoppedException if there is none
     */
    void with(String text, Use use) throws IOException {
        switch (TemplateSource.of(text, surroundings)) {
            case TemplateSource.BuiltIn(String name) -> use.of(list.open(name));
            case TemplateSource.Folder(var folder, String shown) ->
                    use.of(TemplateSource.read(folder, shown, folder));
            case TemplateSource.Repository repository -> {
                if (surroundings.progress()) {
                    surroundings.err().println("fetching " + repository.shown());
                }
                try (GitClone clone = GitClone.of(repository, surroundings)) {
                    use.of(clone.template());
                }
            }
        }
    }
}
