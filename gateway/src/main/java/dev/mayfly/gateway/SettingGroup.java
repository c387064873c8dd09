package dev.mayfly.gateway;

import java.util.List;

/**
 * Settings about the same thing.
 *
 * @param title for people
 * @param settings in the order of the page
 */
public record SettingGroup(String title, List<Setting> settings) {
    /** Copies the list in. */
    public SettingGroup {
        settings = List.copyOf(settings);
    }
}
