"""A desk in Django: a form made from facts, a view that answers, a model that keeps the answer."""

from datetime import date
from typing import Any

import django
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

settings.configure(
    SECRET_KEY="only for this recipe",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["testserver"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
django.setup()

from django.db import connection, models  # noqa: E402 - the settings come first

import unioncore  # noqa: E402
from unioncore import Fact, FactType, Placement  # noqa: E402

RULEBOOK = unioncore.compose()
"""Composed once, when the process starts, and shared by all its threads."""
ASKED = ("employer.kind", "employer.nation", "job.group", "membership.joined", "person.earnings")


class PlacedMember(models.Model):
    """What was asked, on which day, and the whole answer with its reasons."""

    on = models.DateField()
    facts = models.JSONField()
    answer = models.JSONField()

    class Meta:
        """Where the model belongs, as it stands in no app of its own."""

        app_label = "desk"

    @property
    def placement(self) -> Placement:
        """The answer as it was given; ``BadStored`` where the column holds something else."""
        return Placement.from_dict(self.answer)


def field_of(fact: Fact) -> forms.Field:
    """Return the field of a form for a fact: its label, what it means, and its words by name."""
    said: dict[str, Any] = {"label": fact.label, "help_text": fact.about, "required": False}
    names = sorted(RULEBOOK.rules.names_of(fact).items(), key=lambda each: each[1])
    match fact.type:
        case FactType.CHOICE:
            return forms.ChoiceField(choices=[("", "not known"), *names], **said)
        case FactType.SET:
            return forms.MultipleChoiceField(choices=names, **said)
        case FactType.DAY:
            return forms.DateField(**said)
        case FactType.MONEY:
            return forms.DecimalField(decimal_places=2, **said)
        case FactType.WHOLE:
            return forms.IntegerField(**said)
        case FactType.YES_NO:
            return forms.NullBooleanField(**said)
        case _:
            return forms.CharField(**said)


def form_for(*keys: str) -> type[forms.Form]:
    """Return a form that asks for facts; a field's name cannot have a full stop."""
    fields = {key.replace(".", "__"): field_of(RULEBOOK.rules.fact(key)) for key in keys}
    return type("FactsForm", (forms.Form,), fields)


def given(form: forms.Form) -> dict[str, Any]:
    """Return the facts of a form that is valid; what was left empty is not known."""
    filled = {name.replace("__", "."): value for name, value in form.cleaned_data.items()}
    return {key: value for key, value in filled.items() if value not in (None, "", [])}


PAGE = Engine().from_string("""
{% for name, answer in answers.items %}<p>{{ name }}:
{% if answer.known %}{{ answer.value_to_text }}
{% else %}not known: {{ answer.reason }}{% endif %}</p>
{% endfor %}""")


def desk(request: HttpRequest) -> HttpResponse:
    """Show the form, or answer it and keep the answer."""
    form = form_for(*ASKED)(request.POST or None)
    if not form.is_valid():
        return HttpResponse(form.as_p())
    facts, on = given(form), date(2026, 3, 2)
    place = unioncore.placement(RULEBOOK, facts, on=on)
    written = {key: unioncore.shown.plain(value) for key, value in facts.items()}
    PlacedMember.objects.create(on=on, facts=written, answer=place.to_dict())
    return HttpResponse(PAGE.render(Context({"answers": place.answers()})))


urlpatterns = [path("desk", desk)]


if __name__ == "__main__":
    from django.test import Client

    with connection.schema_editor() as editor:
        editor.create_model(PlacedMember)
    client = Client()
    assert "the employer&#x27;s kind" in client.get("/desk").content.decode()
    sent = {
        "employer__kind": "cafcass",
        "job__group": "cafcass-staff",
        "employer__nation": "England",
    }
    page = client.post("/desk", {**sent, "person__earnings": "31000.00"}).content.decode()
    assert "service_group:\npolice-justice" in page, page
    kept = PlacedMember.objects.get()
    again = unioncore.placement(RULEBOOK, kept.facts, on=kept.on)
    assert kept.placement == again, "what was stored as JSON gives the same answer"
    assert "Enter a whole number" not in page
    assert "Select a valid choice" in client.post("/desk", {"employer__kind": "x"}).content.decode()
    print("django: the form, the view and the stored answer agree")
