import pytest

from plans.importing.cells.leads import Lead, lined, read

ONE = {
    "SEND Programme Manager": ("SEND Programme Manager", ""),
    "Lead: Head of Quality": ("Head of Quality", ""),
    "Media and PR Manager": ("Media and PR Manager", ""),
    "Senior Media and PR Manager": ("Senior Media and PR Manager", ""),
    "Assistant Director, Education": ("Assistant Director, Education", ""),
    "Director of Children and Families": ("Director of Children and Families", ""),
    "Deputy Director Change and Business Services": ("Deputy Director Change and Business Services", ""),
    "Head of Finance, Performance and Quality": ("Head of Finance, Performance and Quality", ""),
    "Social Care and Early Help": ("Social Care and Early Help", ""),
    "Designated Clinical Officer (DCO)": ("Designated Clinical Officer", ""),
    "Chief Nurse (ICB)": ("Chief Nurse", "ICB"),
    "PR Manager (council)": ("PR Manager", ""),
    "Jo Brown (Head of Service)": ("Head of Service", ""),
    "Head of Service (Jo Brown)": ("Head of Service", ""),
    "Head of Service, Jo Brown": ("Head of Service", ""),
    "Head of Placements (with Commissioning)": ("Head of Placements", ""),
    "Service Manager, MASH": ("Service Manager, MASH", ""),
    "Director of HR and OD": ("Director of HR and OD", ""),
    "Head of Fostering (vacant)": ("Head of Fostering", ""),
    "Head of Early Help (from May 26)": ("Head of Early Help", ""),
    "Assistant Director (Education)": ("Assistant Director (Education)", ""),
    "Detective Inspector, Northshire Police": ("Detective Inspector", "Northshire Police"),
    "Head of SEND, ICB": ("Head of SEND", "ICB"),
    "Chief Nurse, Ridgeway ICB": ("Chief Nurse", "Ridgeway ICB"),
    "Director of Education, Ridgeway Council": ("Director of Education", "Ridgeway Council"),
    "Assistant Director\nSocial Care": ("Assistant Director Social Care", ""),
    "Director of Education and\nInclusion": ("Director of Education and Inclusion", ""),
    "Assistant Director \n Social Care": ("Assistant Director Social Care", ""),
    "Head of\nService Manager Support": ("Head of Service Manager Support", ""),
    "Director and Manager": ("Director and Manager", ""),
    "Director of Nursing (DN)": ("Director of Nursing", ""),
    "Jo Brown - Ridgeway": ("Jo Brown - Ridgeway", ""),
    "Head of SEND (Service Manager)": ("Head of SEND (Service Manager)", ""),
    "Head of Service (Early Help, Education and Health)": ("Head of Service (Early Help, Education and Health)", ""),
    "Chief Nurse (Ridgeway Health)": ("Chief Nurse", "Ridgeway Health"),
    "Chief Nurse (NHS Trust)": ("Chief Nurse", "NHS Trust"),
    "Head of Service – Children in Care": ("Head of Service – Children in Care", ""),
    "PSW": ("PSW", ""),
    "LA": ("LA", ""),
    "ICB": ("ICB", "ICB"),
    "LA with support from health": ("LA", ""),
    "ICB with support from all partners": ("ICB", "ICB"),
    "Head of Service supported by the police": ("Head of Service", ""),
}
SEVERAL = {
    "LA and ICB": ["LA", "ICB"],
    "LA/ICB": ["LA", "ICB"],
    "LA, ICB and PCF": ["LA", "ICB", "PCF"],
    "PR Manager (council); Clinical Lead (NHS)": ["PR Manager", "Clinical Lead"],
    "Head of Service\nPrincipal Social Worker": ["Head of Service", "Principal Social Worker"],
    "Head of Early Help and SEND Manager": ["Head of Early Help", "SEND Manager"],
    "Head of SEND (council), Designated Nurse (NHS)": ["Head of SEND", "Designated Nurse"],
    "Head of the front door / Police": ["Head of the front door", "Police"],
    "ICB and Head of SEND": ["ICB", "Head of SEND"],
    "Jo Brown and Sam Green": ["Jo Brown", "Sam Green"],
    "Head of SEND and ICB": ["Head of SEND", "ICB"],
    "SEN Manager & DCO": ["SEN Manager", "DCO"],
    "Head of SEND\nParent Carer Forum": ["Head of SEND", "Parent Carer Forum"],
    "Service Manager\nTeam Manager": ["Service Manager", "Team Manager"],
    "Head of SEND and Council": ["Head of SEND", "Council"],
    "Council and ICB": ["Council", "ICB"],
    "Service Manager\nICB": ["Service Manager", "ICB"],
    "Service Manager\nJo Brown": ["Service Manager", "Jo Brown"],
    "Head of SEND, Head of Finance and SEND Manager": ["Head of SEND", "Head of Finance", "SEND Manager"],
    "Head of SEND (council, east), Head of Finance": ["Head of SEND", "Head of Finance"],
    "Head of Practice – AD Social Care": ["Head of Practice", "AD Social Care"],
}


@pytest.mark.parametrize(("printed", "lead"), ONE.items())
def test_a_text_names_one_post(printed, lead):
    found = read(printed)
    assert [(each.title, each.organisation) for each in found.named] == [lead]
    assert found.is_plain


@pytest.mark.parametrize(("printed", "titles"), SEVERAL.items())
def test_a_text_names_several_the_lead_first(printed, titles):
    assert [each.title for each in read(printed).named] == titles


@pytest.mark.parametrize("printed", ["", "—", " ; "])
def test_a_text_may_name_nobody(printed):
    assert read(printed).named == ()


def test_what_is_to_be_looked_at_is_said():
    assert read("Head of Service").why == ""
    assert read("LA and ICB").why == "Several leads: the first one, LA, leads."
    person = "This looks like a person’s name. It was kept as the title of the post."
    assert read("Jo Brown").why == person
    assert (read("Jo Brown (ICB)").named, read("Jo Brown (ICB)").why) == ((Lead("Jo Brown", "ICB"),), person)
    for second in ("Sam Green", "Head of Service"):
        both = read(f"Jo Brown\n{second}")
        assert (both.why, both.is_plain) == (f"{person} Several leads: the first one, Jo Brown, leads.", False)


def test_two_names_on_two_lines_are_printed_with_a_semicolon_and_a_title_on_two_lines_without():
    assert lined("Jo Brown\nSam Green") == "Jo Brown; Sam Green"
    assert lined("Assistant Director\nSocial Care") == "Assistant Director Social Care"
    assert lined("Jo Brown\nAssistant Director\nSocial Care") == "Jo Brown; Assistant Director Social Care"
    assert lined("Jo Brown\nHead of\nService Managers") == "Jo Brown; Head of Service Managers"
    assert lined("Jo Brown\nLead Officer &\nHead of Service") == "Jo Brown; Lead Officer & Head of Service"


def test_a_cell_full_of_spaces_is_parted_in_one_go():
    """A pattern that begins with spaces begins anew at each of them: half a minute for as many as a cell holds."""
    for space in (" ", "\t", "\u00a0"):
        assert lined(f"Jo Brown{space * 200_000}\n \r\n  Sam {space * 200_000} Green ") == "Jo Brown; Sam Green"


@pytest.mark.parametrize(
    "printed", ["tbc", "TBC.", "n/a", "Vacant", "To be confirmed", "Lead to be appointed", "?", " tbc "]
)
def test_a_text_that_names_no_lead_yet_is_said_to(printed):
    found = read(printed)
    assert (found.named, found.why, found.is_plain) == ((), f"“{printed.strip()}” names no lead.", False)
