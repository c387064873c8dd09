package dev.mayfly.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Holds for records, interfaces, enums, exceptions and the named facades. */
final class BePartOfThePublicFace extends ArchCondition<JavaClass> {
    private final Set<String> facades;

    BePartOfThePublicFace(Set<String> facades) {
        super("be a facade, a record, an interface, an enum or an exception");
        this.facades = facades;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean fine =
                type.isRecord()
                        || type.isInterface()
                        || type.isEnum()
                        || type.isAssignableTo(Exception.class)
                        || facades.contains(type.getName());
        events.add(new SimpleConditionEvent(type, fine, type.getName() + " is public"));
    }
}
